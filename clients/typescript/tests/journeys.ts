// The journeys of ../../journeys.md, with the package as it is built.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChatBusyResponse, type ChatMessagePart, type ChatStreamEvent, Palaver, PalaverError } from 'palaver-client';

const url = setting('PALAVER_URL');
const token = setting('PALAVER_TOKEN');
const palaver = new Palaver({ url, token });
const unsteady = new Palaver({ url: setting('PALAVER_UNSTEADY_URL'), token });
const organization = (await palaver.api.getUserByName({ path: { user: 'me' } })).organization_ids[0] as string;

function setting(name: string): string {
  const value = process.env[name];
  assert.ok(value, `${name} is not set`);
  return value;
}

async function rested(text: string, through = palaver) {
  const chat = await through.createChat(text, { organization_id: organization });
  await collect(palaver.chat(chat.id).stream({ untilRest: true }));
  return chat;
}

async function collect(stream: AsyncIterable<ChatStreamEvent>): Promise<ChatStreamEvent[]> {
  const events: ChatStreamEvent[] = [];
  for await (const event of stream) {
    events.push(event);
  }
  return events;
}

async function history(chat: string) {
  const { messages } = await palaver.api.listChatMessages({ path: { chat }, query: { limit: 200 } });
  return messages.reverse();
}

function textOf(content: ReadonlyArray<ChatMessagePart> | undefined): string {
  return (content ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('');
}

function liveText(events: ChatStreamEvent[]): string {
  return textOf(events.flatMap((event) => (event.type === 'message_part' ? [event.message_part.part] : [])));
}

function refusal(status: number) {
  return (error: unknown) => error instanceof PalaverError && error.status === status && error.message !== '';
}

test('sign_in', async () => {
  const email = setting('PALAVER_EMAIL');
  const signedIn = await Palaver.signIn({ url }, email, setting('PALAVER_PASSWORD'));
  assert.equal((await signedIn.api.getUserByName({ path: { user: 'me' } })).email, email);
  await assert.rejects(Palaver.signIn({ url }, email, 'Wrong-Horse-7-Staple'), refusal(401));
});

test('create_and_send', async () => {
  const chat = await rested('first', unsteady);
  const sent = await unsteady.chat(chat.id).send('second');
  assert.equal(sent.queued, false);
  await collect(palaver.chat(chat.id).stream({ after: sent.message?.id, untilRest: true }));
  const said = (await history(chat.id)).map((message) => `${message.role}: ${textOf(message.content)}`);
  assert.deepEqual(said, ['user: first', 'assistant: first', 'user: second', 'assistant: second']);
});

test('stream_to_the_end', async () => {
  const chat = await rested('hello');
  const events = await collect(await chat.sendAndStream('/slow 10 0.02'));
  const answers = events.flatMap((event) => (event.type === 'message' ? [event.message] : []));
  assert.deepEqual(answers.map((message) => message.role), ['assistant']);
  assert.equal(liveText(events), textOf(answers[0]?.content));
  const last = events.at(-1);
  assert.ok(last?.type === 'status' && last.status.status === 'waiting');
});

test('resume', async () => {
  const chat = await rested('hello', unsteady);
  const stream = await chat.sendAndStream('/slow 80 0.04');
  const events: ChatStreamEvent[] = [];
  for await (const event of stream) {
    events.push(event);
    if (event.type === 'message_part' && event.message_part.seq === 20) {
      break;
    }
  }
  events.push(...(await collect(chat.stream({ after: stream.cursor, untilRest: true }))));
  const numbers = events.flatMap((event) => (event.type === 'message_part' ? [event.message_part.seq] : []));
  assert.ok(numbers.length > 40, `${numbers.length} parts`);
  assert.deepEqual(numbers, numbers.map((_, index) => index + 1));
  const messages = events.flatMap((event) => (event.type === 'message' ? [event.message] : []));
  assert.equal(messages.length, 1);
  // What was said while the connection was down may come with the answer alone, when the turn has ended meanwhile.
  assert.ok(textOf(messages[0]?.content).startsWith(liveText(events)));
});

test('queue_promote_interrupt', async () => {
  const chat = await palaver.createChat('/slow 200 0.1', { organization_id: organization });
  const first = await chat.send('first', { busy_behavior: 'queue' });
  const second = await chat.send('second', { busy_behavior: 'queue' });
  assert.ok(first.queued_message && second.queued_message);
  await palaver.api.promoteChatQueuedMessage({ path: { chat: chat.id, queuedMessage: second.queued_message.id } });
  // Its own entry is the last of the queue: when it is at work, all others have been answered.
  const stream = await chat.sendAndStream('/slow 200 0.2', { busy_behavior: 'queue' });
  for await (const event of stream) {
    if (event.type === 'message' && textOf(event.message.content) === '/slow 200 0.2') {
      await palaver.api.interruptChat({ path: { chat: chat.id } });
    }
  }
  const said = (await history(chat.id)).filter((message) => message.role === 'user');
  assert.deepEqual(
    said.map((message) => textOf(message.content)),
    ['/slow 200 0.1', 'second', 'first', '/slow 200 0.2'],
  );
});

test('files', async () => {
  const bytes = new TextEncoder().encode('# Notes\n\nschön\n');
  const file = await palaver.api.uploadChatFile({
    body: new Blob([bytes]),
    query: { organization },
    headers: { 'Content-Disposition': 'attachment; filename="notes.md"' },
  });
  const chat = await palaver.createChat(
    [{ type: 'text', text: 'read this' }, { type: 'file', file_id: file.id }],
    { organization_id: organization },
  );
  await collect(chat.stream({ untilRest: true }));
  const [question] = await history(chat.id);
  assert.ok(question?.content?.some((part) => part.type === 'file' && part.file_id === file.id));
  const blob = await palaver.api.getChatFile({ path: { file: file.id }, parseAs: 'blob' });
  assert.ok(blob instanceof Blob);
  assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), bytes);
  assert.match(blob.type, /^text\/markdown/);
});

test('client_side_tool', async () => {
  const chat = await palaver.createChat('/tool pick {"from": [3, 4]}', {
    organization_id: organization,
    unsafe_dynamic_tools: [{ name: 'pick', description: 'Picks one.', input_schema: { type: 'object' } }],
  });
  const stream = chat.stream({ untilRest: true });
  const asked = (await collect(stream)).at(-1);
  assert.ok(asked?.type === 'action_required');
  const [call] = asked.action_required.tool_calls;
  assert.ok(call);
  assert.deepEqual([call.tool_name, JSON.parse(call.args)], ['pick', { from: [3, 4] }]);
  await palaver.api.submitChatToolResults({
    path: { chat: chat.id },
    body: { results: [{ tool_call_id: call.tool_call_id, output: 3 }] },
  });
  await collect(chat.stream({ after: stream.cursor, untilRest: true }));
  assert.match(textOf((await history(chat.id)).at(-1)?.content), /pick answered: 3/);
});

test('refused_send', async () => {
  const chat = await palaver.createChat('/slow 100 0.1', { organization_id: organization });
  await assert.rejects(chat.send('now', { busy_behavior: 'reject' }), (error) => {
    assert.ok(refusal(409)(error));
    const busy = (error as PalaverError).body as ChatBusyResponse;
    assert.equal(busy.status, 'running');
    assert.equal(typeof busy.turn_message_id, 'number');
    return true;
  });
  await assert.rejects(chat.send(' '), refusal(400));
  await palaver.api.interruptChat({ path: { chat: chat.id } });
  await collect(chat.stream({ untilRest: true }));
  assert.equal((await history(chat.id)).filter((message) => message.role === 'user').length, 1);
});

test('paging', async () => {
  const said = Array.from({ length: 1000 }, (_, index) => `message ${index}`);
  const { id } = await palaver.api.importChat({
    body: {
      organization_id: organization,
      export: {
        format: 'palaver-chat',
        version: 1,
        chat: { title: 'Long' },
        messages: said.map((text, index) => ({
          role: index % 2 === 0 ? 'user' : 'assistant',
          content: [{ type: 'text', text }],
        })),
      },
    },
  });
  const read: string[] = [];
  let before: number | undefined;
  for (let more = true; more; ) {
    const page = await palaver.api.listChatMessages({ path: { chat: id }, query: { before_id: before, limit: 150 } });
    read.push(...page.messages.map((message) => textOf(message.content)));
    before = page.messages.at(-1)?.id;
    more = page.has_more;
  }
  assert.deepEqual(read.reverse(), said);
});

test('cancel', async () => {
  const chat = await palaver.createChat('/slow 20 0.1', { organization_id: organization });
  for await (const event of chat.stream()) {
    if (event.type === 'message_part') {
      break;
    }
  }
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('enough')), 200);
  const began = Date.now();
  await assert.rejects(collect(chat.stream({ signal: stop.signal })), /enough/);
  assert.ok(Date.now() - began < 1500);
  await collect(chat.stream({ untilRest: true }));
  assert.match(textOf((await history(chat.id)).at(-1)?.content), /\w/);
});
