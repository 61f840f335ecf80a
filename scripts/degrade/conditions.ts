import { InvalidArgumentError } from 'commander';
import { atSpeed } from './faster.ts';
import { mixed, speechShapedNoise } from './noise.ts';
import { inRoom } from './reverb.ts';
import { scaled } from './speech-level.ts';
import { overTelephone } from './telephone.ts';

/** Under what conditions speech is heard. */
export interface Condition {
  readonly name: string;
  /** @param speechDbfs how loud the speech in the samples is, or would be if there were any */
  readonly apply: (samples: Float32Array, speechDbfs: number) => Float32Array;
}

const SEED = 1;
const QUIETER_DB = -30;
const SPEED = 1.25;
const REVERBERATION_SECONDS = 0.6;

export const CLEAN: Condition = { name: 'clean', apply: (samples) => samples };

function noiseBelow(ratioDb: number): Condition {
  return {
    name: `noise ${ratioDb} dB`,
    apply: (samples, speechDbfs) => mixed(samples, speechShapedNoise(samples.length, speechDbfs - ratioDb, SEED)),
  };
}

/** By the names of `--degrade`. All are made by rule: the same clip gives the same sound. */
const CONDITIONS: ReadonlyMap<string, readonly Condition[]> = new Map([
  ['noise', [20, 10, 5].map(noiseBelow)],
  ['quiet', [{ name: `${QUIETER_DB} dB`, apply: (samples) => scaled(samples, QUIETER_DB) }]],
  ['telephone', [{ name: 'telephone', apply: overTelephone }]],
  ['fast', [{ name: `${SPEED} times as fast`, apply: (samples) => atSpeed(samples, SPEED) }]],
  [
    'reverb',
    [
      {
        name: `room of ${REVERBERATION_SECONDS} s`,
        apply: (samples) => inRoom(samples, REVERBERATION_SECONDS, SEED),
      },
    ],
  ],
]);

/** The value of `--degrade`: names with commas between. @throws InvalidArgumentError. */
export function parseConditions(text: string): readonly Condition[] {
  return text.split(',').flatMap((name) => {
    const conditions = CONDITIONS.get(name.trim());
    if (conditions) return conditions;
    throw new InvalidArgumentError(`expected some of ${[...CONDITIONS.keys()].join(',')}; got "${name}"`);
  });
}
