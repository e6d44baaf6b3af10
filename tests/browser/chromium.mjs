// Chromium as the tests use it: by itself, and with nothing to reach but this machine.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

export const PATIENCE_MS = 60_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SERIOUS = ['serious', 'critical'];

export const environment = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run this by make test-browser`);
  return value;
};

export function launch() {
  return chromium.launch({
    executablePath: environment('CHROMIUM'),
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
        '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'],
    ],
  });
}

/**
 * A page in a profile of its own, where nothing is between two colours while it is looked at; `page.seen` has what it
 * has asked for and what the browser complained about.
 */
export async function openPage(browser, viewport) {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.seen = { origins: new Set(), faults: [] };
  const note = (url) => page.seen.origins.add(new URL(url).origin.replace(/^ws/, 'http'));
  context.on('request', (request) => !request.url().startsWith('data:') && note(request.url()));
  page.on('websocket', (socket) => note(socket.url()));
  page.on('pageerror', (error) => page.seen.faults.push(error.stack));
  page.on('console', (message) => {
    // What the browser says about refused answers is what the tests provoke.
    const ofRefusal = /^Failed to load resource|Error during WebSocket handshake: Unexpected response code/;
    if (message.type() === 'error' && !ofRefusal.test(message.text())) page.seen.faults.push(message.text());
  });
  return page;
}

/** What axe finds in the page as it is now, of what counts as serious or worse. */
export async function accessibilityFaults(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(`${AXE};0`);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => SERIOUS.includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(' ')}: ${html.slice(0, 200)}`));
}

/** How far the page goes beyond the screen's right edge, in pixels. */
export const sidewaysPixels = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
