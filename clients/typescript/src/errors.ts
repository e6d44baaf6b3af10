import type { Response as ErrorBody, ValidationError } from './generated/types.gen.js';

/** What the server refused a request with. */
export class PalaverError extends Error {
  override readonly name = 'PalaverError';
  /** HTTP status. */
  readonly status: number;
  /** The decoded body, where there was one: narrow it to the error type of the operation for what it has further. */
  readonly body: unknown;
  readonly detail: string | undefined;
  /** Which fields are at fault. */
  readonly validations: ReadonlyArray<ValidationError>;
  /** Names the request in the server's logs. */
  readonly requestId: string | undefined;

  constructor(status: number, body: unknown, headers: Headers) {
    const known = isErrorBody(body) ? body : undefined;
    super(known?.message ?? (typeof body === 'string' && body !== '' ? body : `HTTP status ${status}`));
    this.status = status;
    this.body = body;
    this.detail = known?.detail;
    this.validations = known?.validations ?? [];
    this.requestId = headers.get('x-request-id') ?? undefined;
  }

  /** Reads a refusal; the response is used up. */
  static async read(response: Response): Promise<PalaverError> {
    const text = await response.text();
    let body: unknown = text;
    try {
      body = JSON.parse(text);
    } catch {
      // Not everything that answers in a server's place speaks JSON.
    }
    return new PalaverError(response.status, body, response.headers);
  }
}

/** A stream that could not be kept open: `cause` is what the last attempt met. */
export class StreamLost extends Error {
  override readonly name = 'StreamLost';
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && typeof (body as { message?: unknown }).message === 'string';
}
