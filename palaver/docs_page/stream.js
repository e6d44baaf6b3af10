// <palaver-stream>: opens a stream of the contract, in both of its encodings, and shows its events as they come.

import { asCaller, token } from './session.js';

const KEPT = 500;

/** The server-sent events of a response: { id, data }. */
async function* serverSentEvents(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let event = {};
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split(/\r?\n/);
    rest = lines.pop();
    for (const line of lines) {
      const [, field, text] = /^([^:]*):? ?(.*)$/s.exec(line);
      if (line === '') {
        if (event.data !== undefined) yield event;
        event = {};
      } else if (field === 'data') {
        event.data = event.data === undefined ? text : `${event.data}\n${text}`;
      } else if (field === 'id') {
        event.id = text;
      }
    }
  }
}

class PalaverStream extends HTMLElement {
  #path = '';
  #parameters = () => ({});
  #cursor = '';
  #count = 0;
  #stop = () => {};

  /** Called by whoever places the element: the operation's path, and how its fields are filled in at the moment. */
  show(path, takesCursor, parameters) {
    this.#path = path;
    this.#parameters = parameters;
    if (this.firstChild) return;
    const resume = takesCursor
      ? '<button type="button" class="btn" data-do="resume" disabled>Resume behind the last event</button>'
      : '';
    const hint = takesCursor
      ? `<p>To continue, server-sent events take <code>Last-Event-ID</code>. A browser’s WebSocket sends no header
         fields: it continues by <code>after_id</code>, and its token goes in the address.</p>`
      : '<p>A browser’s WebSocket sends no header fields: its token goes in the address.</p>';
    this.innerHTML = `${hint}
      <div class="buttons">
        <button type="button" class="btn" data-do="events">Open as server-sent events</button>
        <button type="button" class="btn" data-do="socket">Open as WebSocket</button>
        <button type="button" class="btn" data-do="stop" disabled>Stop</button>
        ${resume}
      </div>
      <p><span class="state" role="status">Not open.</span> <span class="count"></span></p>
      <div class="log" role="log" tabindex="0" aria-label="Events of the stream" hidden><ol></ol></div>`;
    this.addEventListener('click', ({ target }) => {
      const act = target.closest('button')?.dataset.do;
      if (act === 'events') this.#open((given) => this.#readEvents(given), false);
      if (act === 'socket') this.#open((given) => this.#readSocket(given), false);
      if (act === 'resume') {
        this.#open((given) => this.#readEvents({ ...given, header: { 'Last-Event-ID': this.#cursor } }), true);
      }
      if (act === 'stop') this.#stop();
    });
  }

  disconnectedCallback() {
    this.#stop();
  }

  async #open(read, goesOn) {
    const given = this.#parameters();
    const missing = [...this.#path.matchAll(/{(.*?)}/g)].map(([, name]) => name).find((name) => !given.path?.[name]);
    if (missing) {
      this.#say(`Fill in ${missing} first.`);
      return;
    }
    if (!goesOn) {
      this.querySelector('ol').replaceChildren();
      this.#count = 0;
      this.#cursor = '';
      this.#tellCount();
    }
    this.querySelector('.log').hidden = false;
    this.#say('Opening …');
    this.#enable(true);
    const mine = new AbortController();
    this.#stop = () => mine.abort();
    let end;
    try {
      end = await read({ ...given, signal: mine.signal });
    } catch (error) {
      end = mine.signal.aborted ? 'Stopped.' : `The connection was lost: ${error.message}.`;
    }
    this.#say(end);
    this.#enable(false);
  }

  #url(query) {
    const { path = {} } = this.#parameters();
    const url = new URL(this.#path.replace(/{(.*?)}/g, (_, name) => encodeURIComponent(path[name])), location.origin);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined && value !== '') url.searchParams.set(name, value);
    }
    return url;
  }

  async #readEvents({ query, header, signal }) {
    const { credentials, headers } = asCaller('GET');
    const wanted = Object.entries({ ...headers, ...header }).filter(([, value]) => value !== undefined && value !== '');
    const response = await fetch(this.#url(query), {
      credentials,
      headers: { Accept: 'text/event-stream', ...Object.fromEntries(wanted) },
      cache: 'no-store',
      signal,
    });
    if (!response.ok) {
      return `Refused with ${response.status}: ${await response.text()}`;
    }
    this.#say('Open.');
    for await (const { id, data } of serverSentEvents(response)) {
      this.#append(JSON.parse(data), id);
    }
    return 'The server has ended the stream.';
  }

  #readSocket({ query, signal }) {
    const url = this.#url({ ...query, coder_session_token: token() });
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url);
    signal.addEventListener('abort', () => socket.close(1000));
    return new Promise((resolve) => {
      let opened = false;
      socket.onopen = () => {
        opened = true;
        this.#say('Open.');
      };
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(data);
        for (const event of Array.isArray(frame) ? frame : [frame]) this.#append(event);
      };
      socket.onclose = ({ code, reason }) => {
        if (signal.aborted) resolve('Stopped.');
        else if (opened) resolve(`The server has closed the WebSocket: ${code} ${reason}.`);
        else resolve('Refused; opened as server-sent events, it tells why.');
      };
    });
  }

  #append(event, id) {
    const log = this.querySelector('.log');
    const list = this.querySelector('ol');
    const stays = log.scrollTop + log.clientHeight < log.scrollHeight - 40;
    const line = document.createElement('li');
    const type = document.createElement('strong');
    const text = document.createElement('code');
    type.textContent = event.type ?? event.kind ?? 'event';
    text.textContent = JSON.stringify(event);
    line.append(type, ' ', text);
    if (id) {
      this.#cursor = id;
      line.title = `Last-Event-ID: ${id}`;
    }
    list.append(line);
    if (list.childElementCount > KEPT) list.firstElementChild.remove();
    if (!stays) log.scrollTop = log.scrollHeight;
    this.#count += 1;
    this.#tellCount();
  }

  /** Not by the status, which is read aloud. */
  #tellCount() {
    const last = this.#cursor ? `, Last-Event-ID ${this.#cursor}` : '';
    this.querySelector('.count').textContent = `${this.#count} events${last}`;
  }

  #say(text) {
    this.querySelector('.state').textContent = text;
  }

  #enable(open) {
    for (const button of this.querySelectorAll('button')) {
      const act = button.dataset.do;
      button.disabled = act === 'stop' ? !open : open || (act === 'resume' && this.#cursor === '');
    }
  }
}

customElements.define('palaver-stream', PalaverStream);
