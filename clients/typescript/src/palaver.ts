import { Chat, type Content, parts } from './chat.js';
import { PalaverError } from './errors.js';
import { type Client, createClient, createConfig } from './generated/client/index.js';
import { Api } from './generated/sdk.gen.js';
import type { CreateChatRequest } from './generated/types.gen.js';
import { parseExactly } from './numbers.js';
import { DEFAULT_RETRIES, persistentFetch, type RetryOptions } from './retries.js';
import type { After, Connect } from './stream.js';

export interface PalaverOptions extends Partial<RetryOptions> {
  /** Where the server is; on a page of the server's own, `location.origin`. */
  url: string;
  /** A session or API token. Without one a browser's session cookie counts. */
  token?: string;
  /** In place of the platform's. */
  fetch?: typeof fetch;
}

export interface CreateChatOptions extends Omit<CreateChatRequest, 'content'> {
  signal?: AbortSignal;
}

/** A server, as one user. `api` has every operation of the contract; they throw PalaverError. */
export class Palaver {
  readonly api: Api;
  readonly #client: Client;
  readonly #url: string;
  readonly #fetch: typeof fetch;
  readonly #headers: Record<string, string>;
  readonly #maxDelayMs: number;

  constructor(options: PalaverOptions) {
    this.#url = options.url.replace(/\/+$/, '');
    this.#fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    this.#headers = options.token === undefined ? {} : { 'Coder-Session-Token': options.token };
    const retries = {
      retries: options.retries ?? DEFAULT_RETRIES.retries,
      maxDelayMs: options.maxDelayMs ?? DEFAULT_RETRIES.maxDelayMs,
    };
    this.#maxDelayMs = retries.maxDelayMs;
    this.#client = createClient(
      createConfig({
        baseUrl: this.#url,
        fetch: persistentFetch(this.#fetch, retries),
        headers: this.#headers,
        throwOnError: true,
      }),
    );
    this.#client.interceptors.response.use(refuseInexactNumbers);
    this.#client.interceptors.error.use((error, response) =>
      response === undefined || response.ok ? error : new PalaverError(response.status, error, response.headers),
    );
    this.api = new Api({ client: this.#client });
  }

  /** The same server as the user who signs in. Throws PalaverError (401) when the password is wrong. */
  static async signIn(options: Omit<PalaverOptions, 'token'>, email: string, password: string): Promise<Palaver> {
    const { session_token } = await new Palaver(options).api.logInUser({ body: { email, password } });
    return new Palaver({ ...options, token: session_token });
  }

  /** A chat that exists. */
  chat(id: string): Chat {
    return new Chat(id, this.api, this.#connect(id));
  }

  /** Makes a chat whose first turn answers `content`. Throws PalaverError. */
  async createChat(content: Content, options: CreateChatOptions): Promise<Chat> {
    const { signal, ...rest } = options;
    const chat = await this.api.createChat({ body: { content: parts(content), ...rest }, signal: signal ?? null });
    return this.chat(chat.id);
  }

  #connect(id: string): Connect {
    const open = (after: After | undefined, signal: AbortSignal) => {
      const query = typeof after === 'number' ? `?after_id=${after}` : '';
      const resume: Record<string, string> = typeof after === 'string' ? { 'Last-Event-ID': after } : {};
      return this.#fetch(`${this.#url}/api/experimental/chats/${encodeURIComponent(id)}/stream${query}`, {
        headers: { Accept: 'text/event-stream', ...this.#headers, ...resume },
        cache: 'no-store',
        signal,
      });
    };
    return Object.assign(open, { maxDelayMs: this.#maxDelayMs });
  }
}

async function refuseInexactNumbers(response: Response): Promise<Response> {
  if (response.headers.get('Content-Type')?.startsWith('application/json')) {
    const text = await response.clone().text();
    if (text !== '') {
      parseExactly(text);
    }
  }
  return response;
}
