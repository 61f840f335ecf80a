/** What must outlive the page for a session to go on. */
export interface LiveSession {
  /** The page's own name for it, from before the server gave one. */
  readonly localId: string;
  readonly sampleRateHz: number;
  /** What the server's `ready` told; absent until then. */
  readonly credentials?: { readonly sessionId: string; readonly token: string };
  /** Local frames that come before the server's first: above 0 when a lost session was begun anew. */
  readonly originFrame: number;
}

/** How far the committed words of a session were taken in. */
export interface Heard {
  /** The session's `originFrame` at that time. */
  readonly originFrame: number;
  /** `committed` messages since that origin. */
  readonly count: number;
  /** Where the newest of them ended, in seconds from the first local frame. */
  readonly endSeconds: number;
}

export const NOTHING_HEARD: Heard = { originFrame: 0, count: 0, endSeconds: 0 };

/** Keeps sessions and their sound. Frames are numbered from 1. */
export interface LiveStore {
  saveSession(session: LiveSession): Promise<void>;
  /** The session is over: there is nothing to go on with. Its sound stays. */
  endSession(localId: string): Promise<void>;
  saveFrame(localId: string, number: number, samples: Uint8Array<ArrayBuffer>): Promise<void>;
  loadFrame(localId: string, number: number): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** The count begins again with another session of the server; the time does not. */
export function restarted(heard: Heard, originFrame: number): Heard {
  return { ...heard, originFrame, count: 0 };
}
