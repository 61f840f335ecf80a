import type { z } from 'zod';
import { type ConfigureMessage, LIVE_PROTOCOL, type StartMessage } from '../../contracts/live.ts';
import type { Heard, LiveSession } from './live-store.ts';

/** What the user asks of the recogniser; may change while a session runs. */
export interface LiveWishes {
  /** Names and words to expect. */
  readonly vocabulary: readonly string[];
  /** A pause of this length ends an utterance. */
  readonly pauseSeconds: number;
}

/** `afterSeq` is the number of the frame before it: one that the server has taken before is only answered. */
export interface FinalizeRequest {
  readonly type: 'finalize';
  readonly id: number;
  readonly afterSeq: number;
}

export type ToServer =
  | z.input<typeof StartMessage>
  | z.input<typeof ConfigureMessage>
  | FinalizeRequest
  | { readonly type: 'ping'; readonly id: number }
  | { readonly type: 'stop'; readonly lastSeq: number };

/** Begins a session, or goes on with the one that the server gave credentials for. */
export function startMessage({ sampleRateHz, credentials }: LiveSession, heard: Heard, wishes: LiveWishes): ToServer {
  const { pauseSeconds, vocabulary } = wishes;
  const start = { type: 'start', protocol: LIVE_PROTOCOL, sampleRateHz, pauseSeconds } as const;
  const resume = credentials && { ...credentials, committedReceived: heard.count };
  return { ...start, vocabulary: [...vocabulary], ...(resume && { resume }) };
}

export function configureMessage({ vocabulary, pauseSeconds }: LiveWishes): ToServer {
  return { type: 'configure', vocabulary: [...vocabulary], pauseSeconds };
}
