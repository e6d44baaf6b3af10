import { IDEMPOTENT_OPERATIONS } from './generated/contract.js';

export interface RetryOptions {
  /** How often a request is repeated; 0 never repeats. */
  retries: number;
  /** The longest wait before a repetition, in ms. A server that wants a longer one gets its refusal passed on. */
  maxDelayMs: number;
}

export const DEFAULT_RETRIES: RetryOptions = { retries: 4, maxDelayMs: 30_000 };

const FIRST_DELAY_MS = 250;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Statuses of something between us and the server: whether the request has arrived is unknown. */
const GATEWAY = new Set([502, 503, 504]);

/**
 * A `fetch` that repeats what may be repeated.
 *
 * A refusal with `Retry-After` is repeated after that time. After a lost connection or the like a request is repeated
 * only if it cannot act twice: a read, or one with an `Idempotency-Key`. The operations that take such a key get one
 * here, the same for each attempt, unless the caller gave one.
 */
export function persistentFetch(fetchOnce: typeof fetch, options: RetryOptions): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    if (takesKey(request) && !request.headers.has('Idempotency-Key')) {
      request.headers.set('Idempotency-Key', newKey());
    }
    const repeatable = SAFE.has(request.method) || request.headers.has('Idempotency-Key');
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt >= options.retries;
      let delay: number | undefined;
      try {
        const response = await fetchOnce(last ? request : request.clone());
        delay = retryAfterMs(response) ?? (repeatable && GATEWAY.has(response.status) ? backOffMs(attempt) : undefined);
        if (last || delay === undefined || delay > options.maxDelayMs) {
          return response;
        }
        await response.body?.cancel();
      } catch (error) {
        if (last || !repeatable || request.signal.aborted) {
          throw error;
        }
        delay = Math.min(backOffMs(attempt), options.maxDelayMs);
      }
      await sleep(delay, request.signal);
    }
  };
}

/** How long the server wants us to wait, when it says so in a refusal. */
export function retryAfterMs(response: Response): number | undefined {
  const header = response.headers.get('Retry-After');
  if (header === null || (response.status !== 429 && response.status !== 503)) {
    return undefined;
  }
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : /^[a-z]/i.test(header) ? Date.parse(header) - Date.now() : NaN;
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}

/** The wait before attempt + 1: doubles, spread so that many clients do not come back as one. */
export function backOffMs(attempt: number): number {
  return FIRST_DELAY_MS * 2 ** attempt * (0.75 + Math.random() / 2);
}

/** Waits, unless the signal ends it: then it rejects with the signal's reason. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

function takesKey(request: Request): boolean {
  const called = `${request.method} ${new URL(request.url).pathname}`;
  return IDEMPOTENT_OPERATIONS.some((operation) => operation.test(called));
}

function newKey(): string {
  // randomUUID is missing on pages that came without TLS.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
