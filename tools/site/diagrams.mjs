// `node tools/site/diagrams.mjs SITE`: whether every diagram of a built site is one that can be drawn.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';

// Its parsers clean what they read with the help of a document.
globalThis.window = new JSDOM('').window;
globalThis.document = globalThis.window.document;
const { default: mermaid } = await import('mermaid');

const site = process.argv[2];
const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
let found = 0;
let wrong = 0;
for (const name of readdirSync(site, { recursive: true })) {
  if (!name.endsWith('.html')) continue;
  const page = readFileSync(join(site, name), 'utf8');
  for (const [, code] of page.matchAll(/<pre class="mermaid"><code>([\s\S]*?)<\/code><\/pre>/g)) {
    found += 1;
    try {
      await mermaid.parse(code.replace(/&(lt|gt|quot|#39|amp);/g, (entity) => entities[entity]));
    } catch (error) {
      wrong += 1;
      console.log(`${name}: ${error.message}`);
    }
  }
}
console.log(`${found} diagrams, ${wrong} of them wrong.`);
process.exit(wrong || !found ? 1 : 0);
