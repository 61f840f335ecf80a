import type { AppError } from '../contracts/errors.ts';
import type { LiveCloseName, LiveServerMessage } from '../contracts/live.ts';

/** What the core needs of a socket; a WebSocket on the server, plain memory in tests. */
export interface MessageSocket<Message> {
  send(message: Message): void;
  close(name: LiveCloseName): void;
  /** Bytes that were sent and that the other side has not taken yet. */
  readonly bufferedBytes: number;
  /** Stops and takes up again the reading of what the client sends. */
  pause(): void;
  resume(): void;
}

export type LiveSocket = MessageSocket<LiveServerMessage>;

/** A session's way to its client. */
export interface LiveLink {
  /** False once it was refused, closed or lost. */
  readonly isOpen: boolean;
  send(message: LiveServerMessage): void;
  close(name: LiveCloseName): void;
  /** Tells why, and closes. */
  refuse(error: AppError): void;
  /** Whether what the client sends is to wait, because the session has enough to do. */
  hold(isBehind: boolean): void;
}
