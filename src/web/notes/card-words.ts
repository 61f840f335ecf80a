import type { FollowUpRequest, Proposal } from '../../contracts/followup.ts';
import type { FollowUpCard } from '../../contracts/notes-api-cards.ts';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';
import { FIELD_WORDS } from '../messages/queue-fields.sv.ts';
import { detailInWords, whatInWords } from '../queue/task-words.ts';

const LINKS = ['before', 'after', 'same_day', 'alternative_to'] as const;
/** Told by the card's title. */
const IN_TITLE: readonly string[] = ['id', 'type', 'service', 'analyses'];

export interface CardLine {
  readonly name: string;
  readonly words: string;
}

/** "Provtagning: Hb". */
export function cardTitle({ fields }: Pick<FollowUpCard, 'fields'>): string {
  if (fields === null) return words.unknownType;
  const { type, service = null, analyses = [] } = fields;
  return whatInWords({ type, service, analyses });
}

/** What a card asks for, field by field; links tell the other card by its title. `today` is YYYY-MM-DD. */
export function cardLines(card: FollowUpCard, cards: readonly FollowUpCard[], today: string): CardLine[] {
  const { fields, proposals } = card;
  if (fields === null) return [];
  const said = Object.keys(FIELD_WORDS).flatMap((field) => {
    const value = fields[field as keyof FollowUpRequest];
    if (value === undefined || IN_TITLE.includes(field)) return [];
    const other = LINKS.some((link) => link === field) && cards.find(({ requestKey }) => requestKey === value);
    const inWords = other ? cardTitle(other) : detailInWords({ field, value, quotes: [] }, today);
    return [{ name: FIELD_WORDS[field]!, words: inWords }];
  });
  return [...said, ...proposals.flatMap((proposal) => proposedLine(proposal, fields, today))];
}

/** Of the unit's defaults what the request does not say itself. */
function proposedLine({ field, value }: Proposal, fields: FollowUpRequest, today: string): CardLine[] {
  if (field === 'offset' || fields[field] !== undefined) return [];
  return [{ name: FIELD_WORDS[field]!, words: words.proposed(detailInWords({ field, value, quotes: [] }, today)) }];
}
