/** One server-sent event: `id` is the last one that was sent, also by an earlier event of the connection. */
export interface ServerSentMessage {
  id: string | undefined;
  data: string;
}

/** Decodes the text of server-sent events, in pieces cut anywhere. */
export class ServerSentEvents {
  #rest = '';
  #id: string | undefined;
  #data: string[] = [];

  /** The events that `text` completes. */
  *feed(text: string): Generator<ServerSentMessage> {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const raw of lines) {
      const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
      if (line === '') {
        if (this.#data.length > 0) {
          const data = this.#data.join('\n');
          this.#data = [];
          yield { id: this.#id, data };
        }
        continue;
      }
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'data') {
        this.#data.push(value);
      } else if (field === 'id') {
        this.#id = value;
      }
    }
  }
}
