// The chat UI of the guide, in a browser, against a server of another origin: the TypeScript client runs there.

import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { accessibilityFaults, environment, launch, openPage, sidewaysPixels } from './chromium.mjs';

const PAGE = environment('PAGE_URL');
const TOKEN = environment('PALAVER_TOKEN');
const PHONE = { width: 390, height: 844 };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function open(token = TOKEN, network = undefined) {
  const page = await openPage(browser, PHONE);
  await page.goto(PAGE);
  const server = page.getByLabel('Server');
  if (network) await server.fill(await network.to(await server.inputValue()));
  page.server = await server.inputValue();
  assert.notEqual(new URL(page.server).origin, PAGE);
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  return page;
}

/** A way to the server that can be cut: `to(url)` gives the address at which it begins. */
function unsteadyNetwork() {
  const open = new Set();
  let upstream;
  const proxy = createServer((client) => {
    const server = connect(upstream);
    for (const [one, other] of [[client, server], [server, client]]) {
      open.add(one);
      one.on('close', () => open.delete(one) && other.destroy()).on('error', () => other.destroy());
      one.pipe(other);
    }
  });
  return {
    async to(url) {
      upstream = { host: '127.0.0.1', port: Number(new URL(url).port) };
      await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${proxy.address().port}`;
    },
    cut: () => open.forEach((socket) => socket.resetAndDestroy()),
    close: () => proxy.close(),
  };
}

async function say(page, text) {
  await page.getByLabel('Message').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

const message = (page, role, text) => page.locator(`li.${role}:not(.live)`, { hasText: text }).waitFor();

async function closeClean(page) {
  assert.deepEqual([...page.seen.origins].sort(), [PAGE, page.server].sort(), 'nothing else is asked');
  assert.deepEqual(page.seen.faults, []);
  await page.context().close();
}

test('signs in, makes a chat, shows its answer, goes on in it, and finds it in the list', async () => {
  const page = await open();
  await page.getByText('Signed in as demo.').waitFor();
  await say(page, 'First words');
  await message(page, 'user', 'First words');
  await message(page, 'assistant', 'First words');
  await say(page, '/echo Second words');
  await message(page, 'assistant', 'Second words');
  assert.equal(await page.locator('#messages li').count(), 4);
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.equal(await sidewaysPixels(page), 0);

  await page.getByRole('button', { name: 'New chat' }).click();
  assert.equal(await page.locator('#messages li').count(), 0);
  await page.getByRole('button', { name: 'First words' }).click();
  await message(page, 'assistant', 'Second words');
  assert.equal(await page.locator('#messages li').count(), 4);
  await closeClean(page);
});

test('resumes in the middle of an answer when the connection was lost, without gap or repeat', async () => {
  const network = unsteadyNetwork();
  const page = await open(TOKEN, network);
  await page.getByText('Signed in as demo.').waitFor();
  const isStream = (request) => request.method() === 'GET' && request.url().endsWith('/stream');
  const connections = [];
  page.on('request', (request) => isStream(request) && connections.push(request));
  const resumed = (request) => isStream(request) && connections.length > 1;
  await say(page, '/slow 40 0.25');
  await page.locator('li.live', { hasText: 'part 3' }).waitFor();
  const again = page.waitForRequest(resumed);
  network.cut();
  const cursor = await (await again).headerValue('last-event-id');
  assert.ok(cursor, 'the second connection begins behind the last event');
  await message(page, 'assistant', 'part 40');
  const said = (await page.locator('li.assistant').innerText()).trim();
  assert.equal(said, Array.from({ length: 40 }, (_, index) => `part ${index + 1}`).join(' '));
  await closeClean(page);
  network.cut();
  network.close();
});

test('tells why it was refused', async () => {
  const page = await open('aaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb');
  await page.getByText(/^401: /).waitFor();
  await closeClean(page);
});

test('another page may not call, and none by cookie', async () => {
  const page = await open();
  await page.getByText('Signed in as demo.').waitFor();
  const call = (init) => page.evaluate(
    ([url, options]) => fetch(url, options).then((answer) => answer.status, (error) => error.name),
    [`${page.server}/api/v2/users/me`, { ...init, headers: { 'Coder-Session-Token': TOKEN } }],
  );
  assert.equal(await call({}), 200);
  assert.equal(await call({ credentials: 'include' }), 'TypeError');
  await page.goto('about:blank');
  assert.equal(await call({}), 'TypeError');
  await page.context().close();
});
