import type { Api } from './generated/sdk.gen.js';
import type { ChatInputPart, CreateChatMessageRequest } from './generated/types.gen.js';
import { type Connect, EventStream, type StreamOptions } from './stream.js';

/** What is said: text, or parts. */
export type Content = string | ChatInputPart[];

export interface SendOptions extends Omit<CreateChatMessageRequest, 'content'> {
  /** Ends sending and streaming. It does not stop the turn: that is `interruptChat`. */
  signal?: AbortSignal;
  /** Repeats a sending of earlier, by the key that it had. */
  idempotencyKey?: string;
}

/** One chat. */
export class Chat {
  readonly id: string;
  readonly #api: Api;
  readonly #connect: Connect;

  constructor(id: string, api: Api, connect: Connect) {
    this.id = id;
    this.#api = api;
    this.#connect = connect;
  }

  /** The chat's events: all of its history first, or what is behind `after`. */
  stream(options: StreamOptions = {}): EventStream {
    return new EventStream(this.#connect, options);
  }

  /** Sends a message. Throws PalaverError. */
  async send(content: Content, options: SendOptions = {}) {
    const { signal, idempotencyKey, ...rest } = options;
    return this.#api.sendChatMessage({
      path: { chat: this.id },
      body: { content: parts(content), ...rest },
      headers: idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey },
      signal: signal ?? null,
    });
  }

  /** Sends a message and streams what follows it, until the chat rests. A message that was queued has its turn first. */
  async sendAndStream(content: Content, options: SendOptions = {}): Promise<EventStream> {
    const { signal } = options;
    // Looked for before sending: a message that was queued may be answered by the time that we hear of it.
    const page = await this.#api.listChatMessages({
      path: { chat: this.id },
      query: { limit: 1 },
      signal: signal ?? null,
    });
    const sent = await this.send(content, options);
    const after = sent.queued ? page.messages[0]?.id : sent.message?.id;
    return new EventStream(this.#connect, { after: after ?? 0, signal, untilRest: true }, sent);
  }
}

/** Content as the wire has it. */
export function parts(content: Content): ChatInputPart[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}
