import type { LiveClientEvents } from './live-events.ts';
import type { LiveWishes } from './live-requests.ts';
import type { ConnectLive } from './live-socket.ts';
import type { Heard, LiveSession, LiveStore } from './live-store.ts';

/** What a live client needs to begin a session, or to go on with one. */
export interface LiveClientParts {
  readonly session: LiveSession;
  /** Frames that the store has of this session already. */
  readonly frameCount: number;
  readonly heard: Heard;
  readonly wishes: LiveWishes;
  /** After so much sound another session of the server takes over; an hour when absent. */
  readonly sessionSeconds?: number;
  readonly connect: ConnectLive;
  readonly store: LiveStore;
  readonly events: LiveClientEvents;
}
