import { PalaverError, StreamLost } from './errors.js';
import type { ChatStreamEvent, CreateChatMessageResponse } from './generated/types.gen.js';
import { parseExactly } from './numbers.js';
import { backOffMs, retryAfterMs, sleep } from './retries.js';
import { ServerSentEvents } from './sse.js';
import { TurnEnd } from './turn.js';

/** Where a stream begins: behind an event (a cursor, from `EventStream.cursor`) or behind a message (its id). */
export type After = string | number;

export interface StreamOptions {
  after?: After | undefined;
  /** Ends the stream, and the iteration with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** End the iteration when the chat rests: its turn is over, has failed, or waits for the client. */
  untilRest?: boolean | undefined;
}

/** Opens connections. */
export interface Connect {
  (after: After | undefined, signal: AbortSignal): Promise<Response>;
  /** A server that wants a longer wait gets its refusal passed on. */
  readonly maxDelayMs: number;
}

const ATTEMPTS = 8;
const MAX_DELAY_MS = 10_000;
/** The server sends a heartbeat every 15 s. */
const SILENCE_MS = 45_000;

/**
 * The events of a chat, over as many connections as it takes: `for await (const event of stream)`.
 *
 * A lost connection is resumed behind the last event, without gap or repeat. Throws PalaverError when the server
 * refuses, and StreamLost after several attempts in a row without an event, or for one that cannot be read. Leaving the
 * loop closes the connection; a second loop goes on where the first was left.
 */
export class EventStream implements AsyncIterable<ChatStreamEvent> {
  /** Where the stream is: keep it to go on later, also in another process. */
  cursor: string | undefined;
  /** What became of the message, of a stream that began with sending one. */
  sent: CreateChatMessageResponse | undefined;
  readonly #connect: Connect;
  readonly #options: StreamOptions;
  readonly #end: TurnEnd | undefined;

  constructor(connect: Connect, options: StreamOptions = {}, sent?: CreateChatMessageResponse) {
    this.#connect = connect;
    this.#options = options;
    this.#end = options.untilRest ? new TurnEnd(sent?.queued_message?.id) : undefined;
    this.sent = sent;
    this.cursor = typeof options.after === 'string' ? options.after : undefined;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ChatStreamEvent, void, undefined> {
    const { signal, after } = this.#options;
    for (let attempt = 0; ; attempt += 1) {
      signal?.throwIfAborted();
      let cause: unknown = 'the server ended the stream';
      let delay = Math.min(backOffMs(attempt), MAX_DELAY_MS);
      const connection = new AbortController();
      const stop = () => connection.abort(signal?.reason);
      signal?.addEventListener('abort', stop, { once: true });
      try {
        const response = await this.#connect(this.cursor ?? after, connection.signal);
        if (response.ok) {
          for await (const message of messages(response, connection)) {
            const event = read(message.data);
            this.cursor = message.id ?? this.cursor;
            attempt = -1;
            const ends = this.#end?.seen(event) ?? false;
            yield event;
            if (ends) {
              return;
            }
          }
        } else {
          const refusal = await PalaverError.read(response);
          const wanted = retryAfterMs(response);
          if (wanted === undefined ? response.status < 500 : wanted > this.#connect.maxDelayMs) {
            throw refusal;
          }
          cause = refusal;
          delay = Math.max(delay, wanted ?? 0);
        }
      } catch (error) {
        signal?.throwIfAborted();
        if (!isTransport(error)) {
          throw error;
        }
        cause = error;
      } finally {
        signal?.removeEventListener('abort', stop);
        connection.abort();
      }
      // An event that cannot be read is asked for once more, in case that it was spoiled on its way.
      if (attempt + 1 >= ATTEMPTS || (cause instanceof UnreadableEvent && attempt > 0)) {
        throw new StreamLost('the stream could not be kept open', { cause });
      }
      await sleep(attempt < 0 ? backOffMs(0) : delay, signal);
    }
  }
}

/** Decodes a connection until it ends; one that has fallen silent is aborted. */
async function* messages(response: Response, connection: AbortController) {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  const decode = new ServerSentEvents();
  const silent = () => connection.abort(new TypeError('the stream fell silent'));
  let timer = setTimeout(silent, SILENCE_MS);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(silent, SILENCE_MS);
      yield* decode.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearTimeout(timer);
  }
}

class UnreadableEvent extends Error {
  override name = 'UnreadableEvent';
}

/** Throws UnreadableEvent and InexactNumber. */
function read(data: string): ChatStreamEvent {
  let event: unknown;
  try {
    event = parseExactly(data);
  } catch (error) {
    throw error instanceof SyntaxError ? new UnreadableEvent('an event is no JSON', { cause: error }) : error;
  }
  if (typeof (event as { type?: unknown } | null)?.type !== 'string') {
    throw new UnreadableEvent('an event has no type');
  }
  return event as ChatStreamEvent;
}

/** What `fetch` and its bodies report of a connection; errors of the caller's own code pass through. */
function isTransport(error: unknown): boolean {
  return error instanceof TypeError || error instanceof UnreadableEvent || (error instanceof DOMException && error.name === 'AbortError');
}
