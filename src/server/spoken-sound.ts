import type { KeptSound } from '../live/kept-sound.ts';
import { soundOfDictation } from '../recorded/recorded-sound.ts';
import type { SoundStore } from '../recorded/sound-store.ts';

/** Where words are heard again: live sessions, and recorded dictations by their ids. */
export type SpokenSound = Pick<KeptSound, 'read' | 'isBegunBy'>;

export function spokenSound(live: SpokenSound | undefined, recordings: SoundStore | undefined): SpokenSound {
  return {
    async read(sessionId, stretch) {
      const heard = await live?.read(sessionId, stretch);
      return heard ?? (recordings && soundOfDictation(recordings, sessionId, stretch));
    },
    // Nobody speaks a recording again: its words come with it.
    isBegunBy: async (sessionId, accountId) => (await live?.isBegunBy(sessionId, accountId)) ?? false,
  };
}
