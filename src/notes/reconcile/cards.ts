import type { FollowUpRequest, Proposal, RaisedFlag, ReadRequest, SourceSpan } from '../../contracts/followup.ts';
import type { Route } from '../../contracts/followup-flags.ts';
import type { FollowUpOrigin, FollowUpState, ReadAs } from '../../contracts/notes.ts';

/** A stored follow-up as far as a new reading of its note can concern it. */
export interface StoredCard {
  readonly id: string;
  readonly state: FollowUpState;
  readonly origin: FollowUpOrigin;
  readonly chainId: string;
  readonly requestKey: string | null;
  readonly fields: FollowUpRequest | null;
  readonly sources: ReadRequest['sources'];
  readonly proposals: readonly Proposal[];
  readonly flags: readonly RaisedFlag[];
  readonly source: SourceSpan;
  readonly reading: ReadAs | null;
  readonly route: Route;
  readonly reopenedBecause: string | null;
}

/** One thing that the text asks for now: what a card is made of. */
export interface ReadCard {
  /** Cards of one group are booked together. */
  readonly group: number;
  /** Its key in the reading, which its links and those to it name; null for what asks for nothing by itself. */
  readonly key: string | null;
  readonly fields: FollowUpRequest | null;
  readonly sources: ReadRequest['sources'];
  readonly proposals: readonly Proposal[];
  readonly flags: readonly RaisedFlag[];
  readonly source: SourceSpan;
  readonly route: Route;
}

export function isDecided({ state }: Pick<StoredCard, 'state'>): boolean {
  return state !== 'found';
}

/** An empty range at where the words were says that they are gone. */
export function isInText({ start, end }: SourceSpan): boolean {
  return end > start;
}

/** What makes words the same: neither line breaks, kinds of spaces nor capitals do. */
export function sameWords(one: string, other: string): boolean {
  return plainWords(one) === plainWords(other);
}

export function plainWords(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
