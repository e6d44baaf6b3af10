import type { ChatStreamEvent } from './generated/types.gen.js';

/** Tells, from the events of a chat, when it rests: with an error, for its client, or with nothing left to answer. */
export class TurnEnd {
  #queued: number | undefined;

  /** `queued` is the id of a queue entry that has to have its turn first. */
  constructor(queued?: number) {
    this.#queued = queued;
  }

  /** Whether the turn ends with this event. */
  seen(event: ChatStreamEvent): boolean {
    switch (event.type) {
      case 'queue_update':
        if (!event.queued_messages?.some((entry) => entry.id === this.#queued)) {
          this.#queued = undefined;
        }
        return false;
      case 'status':
        return event.status.status === 'waiting' && this.#queued === undefined;
      // They come behind the status that they explain.
      case 'error':
      case 'action_required':
        return true;
      default:
        return false;
    }
  }
}
