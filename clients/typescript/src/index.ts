export { Chat, type Content, type SendOptions } from './chat.js';
export { PalaverError, StreamLost } from './errors.js';
export { CONTRACT_VERSION } from './generated/contract.js';
export { Api } from './generated/sdk.gen.js';
export type * from './generated/types.gen.js';
export { InexactNumber } from './numbers.js';
export { type CreateChatOptions, Palaver, type PalaverOptions } from './palaver.js';
export { type After, EventStream, type StreamOptions } from './stream.js';
