import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NOTHING_HEARD, VoiceMemories } from '../../src/live/voice-memories.ts';
import { toWindows } from '../../src/live/voice-window.ts';

const APART_WINDOWS = toWindows(0.5);
const LONGEST_BATCH_WINDOWS = 64;

const batches = fc.array(fc.integer({ min: 1, max: LONGEST_BATCH_WINDOWS }), { minLength: 1, maxLength: 100 });

test('a memory is there for every window that is not settled, hardly older than the sound came in pieces', () => {
  fc.assert(
    fc.property(batches, fc.nat(400), (lengths, unsettledWindows) => {
      const memories = new VoiceMemories(NOTHING_HEARD);
      let window = 0;
      for (const length of lengths) {
        window += length;
        const settled = Math.max(0, window - unsettledWindows);
        memories.add({ window, memory: null }, settled);
        for (let asked = settled; asked <= window; asked += 7) {
          const { window: found } = memories.before(asked);
          expect(found).toBeLessThanOrEqual(asked);
          expect(asked - found).toBeLessThan(APART_WINDOWS + LONGEST_BATCH_WINDOWS);
        }
      }
    }),
  );
});
