import type { FollowUpMode, UnitDefaults } from '../contracts/followup.ts';
import type { Finished } from './finish.ts';
import { soundDistance } from './hearing/sound.ts';
import { isLikelySurname } from './lexicon/surnames.ts';

/** How far a dictated name may sound from a colleague's, for each of its letters. */
const LIMIT_PER_LETTER = 0.26;

/**
 * Takes a dictated name that is nobody's here for the colleague's that sounds like it; a person has to look. Where
 * nobody is known to work, a word that does not read as a surname is uncertain.
 */
export function recogniseStaff(finished: readonly Finished[], { staff }: UnitDefaults, mode: FollowUpMode): Finished[] {
  if (mode === 'typed') return [...finished];
  const surnames = staff.map(({ name }) => name.split(' ').at(-1)!);
  return finished.map((one) => {
    const heard = one.request.practitioner;
    if (heard === undefined || heard.startsWith('@') || surnames.includes(heard)) return one;
    if (surnames.length === 0 && isLikelySurname(heard)) return one;
    const at = one.draft.sources.get('practitioner')![0]!;
    const flags = [...one.flags, { name: 'uncertain_hearing', at } as const];
    const near = nearestOf(surnames, heard);
    return near === undefined ? { ...one, flags } : { ...one, flags, request: { ...one.request, practitioner: near } };
  });
}

function nearestOf(surnames: readonly string[], heard: string): string | undefined {
  const limit = LIMIT_PER_LETTER * heard.length;
  return surnames
    .map((surname) => ({ surname, distance: soundDistance(heard.toLowerCase(), surname.toLowerCase(), limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)[0]?.surname;
}
