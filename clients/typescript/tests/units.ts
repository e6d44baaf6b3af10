// What the journeys do not meet: answers that a live server does not give.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InexactNumber, Palaver, StreamLost } from 'palaver-client';

function answering(...answers: Response[]) {
  const requests: Request[] = [];
  const fetch = async (input: RequestInfo | URL) => {
    requests.push(input as Request);
    const answer = answers.shift();
    assert.ok(answer, 'one request too many');
    return answer;
  };
  return { requests, palaver: new Palaver({ url: 'http://palaver.test', token: 't', fetch }) };
}

function json(text: string, init: ResponseInit = {}): Response {
  return new Response(text, { ...init, headers: { 'Content-Type': 'application/json', ...init.headers } });
}

const chat = { path: { chat: '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25' } };
const message = { ...chat, body: { content: [{ type: 'text' as const, text: 'hi' }] } };

test('an integer that a number cannot hold is refused, not rounded', async () => {
  const { palaver } = answering(json('{"messages": [{"id": 9007199254740993}]}'));
  await assert.rejects(palaver.api.listChatMessages(chat), InexactNumber);
});

test('digits in strings, and large integers that a number holds, are as they came', async () => {
  const text = '{"title": "9007199254740993 \\" 9007199254740993", "max_token_lifetime": 3155760000000000000}';
  const { palaver } = answering(json(text));
  assert.deepEqual(await palaver.api.getChatById(chat), JSON.parse(text));
});

test('a refusal with Retry-After is repeated with the same key', async () => {
  const refusal = json('{"message": "Later."}', { status: 429, headers: { 'Retry-After': '0' } });
  const { palaver, requests } = answering(refusal, json('{"queued": false}'));
  await palaver.api.sendChatMessage(message);
  const keys = requests.map((request) => request.headers.get('Idempotency-Key'));
  assert.equal(keys.length, 2);
  assert.ok(keys[0]);
  assert.equal(keys[0], keys[1]);
});

test('a refusal that names no time is passed on at once', async () => {
  const { palaver } = answering(json('{"message": "Message queue is full."}', { status: 429 }));
  await assert.rejects(palaver.api.sendChatMessage(message), { status: 429, message: 'Message queue is full.' });
});

test('what could act twice is not repeated', async () => {
  const { palaver, requests } = answering(new Response('gone', { status: 502 }));
  await assert.rejects(palaver.api.interruptChat(chat), { status: 502, message: 'gone' });
  assert.equal(requests.length, 1);
});

test('an event cut anywhere is decoded once, and the stream goes on behind it', async () => {
  const events = [1, 2].map((id) => `id: ${id}\ndata: {"type":"status","status":{"status":"${id === 1 ? 'running' : 'waiting'}"}}\n\n`);
  const [first = '', second = ''] = events;
  const asked: Array<string | null> = [];
  const fetch = async (_: RequestInfo | URL, init?: RequestInit) => {
    const after = new Headers(init?.headers).get('Last-Event-ID');
    asked.push(after);
    const chunks = (after === null ? first + second.slice(0, 20) : second).split(/(?<=^.{3})|(?<=s)/);
    const encoder = new TextEncoder();
    return new Response(
      new ReadableStream({
        start(controller) {
          chunks.forEach((chunk) => controller.enqueue(encoder.encode(chunk)));
          controller.close();
        },
      }),
    );
  };
  const stream = new Palaver({ url: 'http://palaver.test', fetch }).chat(chat.path.chat).stream({ untilRest: true });
  const seen: string[] = [];
  for await (const event of stream) {
    seen.push(event.type === 'status' ? event.status.status : event.type);
  }
  assert.deepEqual(seen, ['running', 'waiting']);
  assert.deepEqual(asked, [null, '1']);
  assert.equal(stream.cursor, '2');
});

function streaming(...answers: Response[]) {
  const asked: Array<string | null> = [];
  const fetch = async (_: RequestInfo | URL, init?: RequestInit) => {
    asked.push(new Headers(init?.headers).get('Last-Event-ID'));
    const answer = answers.shift();
    assert.ok(answer, 'one request too many');
    return answer;
  };
  const stream = new Palaver({ url: 'http://palaver.test', fetch }).chat(chat.path.chat).stream({ untilRest: true });
  return { asked, stream };
}

const waiting = 'id: 2\ndata: {"type":"status","status":{"status":"waiting"}}\n\n';
const broken = ['id: 2\ndata: {"type": \n\n', 'id: 2\ndata: {"kind": "status"}\n\n', 'id: 2\ndata: null\n\n'];

for (const text of broken) {
  test(`an event that cannot be read is asked for once more: ${JSON.stringify(text)}`, async () => {
    const healed = streaming(new Response(text), new Response(waiting));
    for await (const event of healed.stream) {
      assert.equal(event.type, 'status');
    }
    assert.deepEqual(healed.asked, [null, null]);
    const { stream } = streaming(new Response(text), new Response(text));
    await assert.rejects(stream[Symbol.asyncIterator]().next(), StreamLost);
  });
}

for (const wanted of ['31', `1${'0'.repeat(400)}`, 'Fri, 01 Jan 2100 00:00:00 GMT', 'soon', '-1']) {
  test(`a refusal is told that is not waited for: Retry-After ${wanted.slice(0, 8)}`, async () => {
    const later = () => json('{"message": "Later."}', { status: 429, headers: { 'Retry-After': wanted } });
    const { palaver } = answering(later());
    await assert.rejects(palaver.api.sendChatMessage(message), { status: 429, message: 'Later.' });
    const { stream } = streaming(later());
    await assert.rejects(stream[Symbol.asyncIterator]().next(), { status: 429, message: 'Later.' });
  });
}
