import type { LiveSession, LiveStore } from '../../src/web/live/live-store.ts';

/** Keeps what a live client gives it, as the browser's store does. */
export class RememberingStore implements LiveStore {
  readonly frames = new Map<string, Uint8Array<ArrayBuffer>>();
  session: LiveSession | undefined;

  async saveSession(session: LiveSession): Promise<void> {
    this.session = session;
  }

  async endSession(): Promise<void> {
    this.session = undefined;
  }

  async saveFrame(localId: string, number: number, samples: Uint8Array<ArrayBuffer>): Promise<void> {
    this.frames.set(`${localId} ${number}`, samples);
  }

  async loadFrame(localId: string, number: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.frames.get(`${localId} ${number}`);
  }
}
