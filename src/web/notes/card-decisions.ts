import { FLAGS, type FlagName } from '../../contracts/followup-flags.ts';
import type { CardDecision, FollowUpCard } from '../../contracts/notes-api-cards.ts';

/** What is only the author's to answer, and is confirmed all the same by "bekräfta ändå". */
export function openFlags({ flags }: Pick<FollowUpCard, 'flags'>): FlagName[] {
  return [...new Set(flags.filter(({ name }) => FLAGS[name].route === 'clinician').map(({ name }) => name))];
}

export function confirmation(card: FollowUpCard): CardDecision {
  return { decision: 'confirmed', despite: openFlags(card) };
}

/** What can be done with a card as it is. */
export function possibleFor({ fields, state }: FollowUpCard, isOpen: boolean) {
  const isAsked = state === 'asked';
  return {
    decide: isOpen || isAsked,
    confirm: fields !== null && state !== 'confirmed',
    undo: isOpen && state !== 'found',
  };
}
