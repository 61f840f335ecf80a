import type { FollowUpTime } from '../../contracts/followup.ts';
import { type LocalDate, parseLocalDate } from '../calendar/local-date.ts';
import type { LinkMeaning, OtherEnd, TextRange } from '../grammar/values.ts';
import { addAmount, isoDuration } from '../time/amount.ts';
import { addSource, type Draft, type DraftLink, isVisit } from './draft.ts';
import type { Bound } from './state.ts';

/** A time that follows from another request's. */
export interface RelativeTime {
  readonly time: Omit<FollowUpTime, 'expr'>;
  readonly expr: TextRange;
}

/** Settles a draft's links among all drafts of the text: its fields, and its time when it has none of its own. */
export function resolveLinks(
  draft: Draft,
  drafts: readonly Draft[],
  eventDays: Bound['eventDays'],
): RelativeTime | undefined {
  let relative: RelativeTime | undefined;
  for (const link of draft.links) relative = resolveLink(draft, link, drafts, eventDays) ?? relative;
  return relative;
}

function resolveLink(
  draft: Draft,
  link: DraftLink,
  drafts: readonly Draft[],
  eventDays: Bound['eventDays'],
): RelativeTime | undefined {
  const { meaning, expr } = link;
  const other = otherDraft(draft, link, drafts);
  if (meaning.relation === 'alternative') {
    if (other) setLink(draft, 'alternative_to', other, expr);
    return undefined;
  }
  if (!other) return resolveEvent(draft, link, eventDays);
  setLink(draft, meaning.relation, other, expr);
  if (meaning.each || (link.isUntimed && other.series?.every)) {
    draft.series = { ...draft.series };
    draft.fields.series = { follows: idOf(other) };
    addSource(draft, 'series', expr);
    return undefined;
  }
  if (link.isUntimed || draft.time) return undefined;
  return { time: relativeTime(draft, meaning, targetOf(other)), expr };
}

function relativeTime(draft: Draft, meaning: LinkMeaning, base: LocalDate | undefined): RelativeTime['time'] {
  if (meaning.relation === 'same_day') return { kind: 'relativ', offset: 'P0D', ...(base && { target: base }) };
  const sign = meaning.relation === 'before' ? -1 : 1;
  if (meaning.vague) {
    draft.flags.push({ name: 'vague_offset' });
    return { kind: 'relativ', offset: null };
  }
  if (!meaning.amount) {
    draft.flags.push({ name: sign === -1 ? 'lab_offset_default' : 'offset_default' });
    return { kind: 'relativ', offset: null };
  }
  const { min, max } = meaning.amount;
  if (min !== max) return { kind: 'relativ', offset_min: isoDuration(min, sign), offset_max: isoDuration(max, sign) };
  return { kind: 'relativ', offset: isoDuration(max, sign), ...(base && { target: addAmount(base, max, sign) }) };
}

/** The day that another request is meant for. */
function targetOf(other: Draft): LocalDate | undefined {
  const { target, start } = other.time?.meaning.time ?? {};
  return parseLocalDate(target ?? start?.slice(0, 10) ?? '');
}

function setLink(
  draft: Draft,
  field: 'before' | 'after' | 'same_day' | 'alternative_to',
  other: Draft,
  at: TextRange,
): void {
  draft.fields[field] = idOf(other);
  addSource(draft, field, at);
}

function idOf(draft: Draft): string {
  return draft.id!;
}

function otherDraft(draft: Draft, { other, meaning }: DraftLink, drafts: readonly Draft[]): Draft | undefined {
  if (typeof other === 'object' && 'action' in other) return drafts.includes(other) ? other : undefined;
  if (other !== 'nearest') return nearest(draft, drafts, (one) => isMeant(one, other));
  // "Lipider 1 v innan, EKG samma dag": the visit's day.
  const isFree = ({ links }: Draft) => links.every((link) => link.meaning.relation !== 'before');
  if (meaning.relation === 'same_day') return nearest(draft, drafts, isFree) ?? nearest(draft, drafts, () => true);
  if (meaning.relation !== 'before') return nearest(draft, drafts, () => true);
  return nearest(draft, drafts, ({ type }) => isVisit(type)) ?? nearest(draft, drafts, (one) => needsTests(draft, one));
}

/** "DT med kontrast om 4 v, krea tas veckan före": with no visit to lie before, a test is for the examination. */
function needsTests({ type }: Draft, other: Draft): boolean {
  return type === 'provtagning' && (other.type === 'rontgen' || other.type === 'undersokning');
}

function isMeant(draft: Draft, { types, role, dose, service }: OtherEnd): boolean {
  if (dose !== undefined) return draft.fields.service?.endsWith(`dos ${dose}`) ?? false;
  if (types && !types.includes(draft.type)) return false;
  if (service !== undefined && draft.fields.service !== undefined && !isSameService(draft.fields.service, service))
    return false;
  if (role !== undefined && draft.fields.role !== role) return false;
  return types !== undefined || role !== undefined;
}

/** "Efter rtg" speaks of "röntgen höger höft". */
function isSameService(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

/** A test lies before the visit that was named last, or the next to be named; what comes after follows the one before. */
function nearest(draft: Draft, drafts: readonly Draft[], isFit: (one: Draft) => boolean): Draft | undefined {
  const index = drafts.indexOf(draft);
  return drafts.slice(0, index).findLast(isFit) ?? drafts.slice(index + 1).find(isFit);
}

/** What lies before or after something that no request of the note is. */
function resolveEvent(
  draft: Draft,
  { meaning, other, expr }: DraftLink,
  eventDays: Bound['eventDays'],
): RelativeTime | undefined {
  const end = typeof other === 'object' && !('action' in other) ? other : undefined;
  const event = end?.event;
  if (event === undefined) {
    // "Innan" with nothing to lie before: said of a visit that is booked already.
    draft.flags.push({ name: 'base_date_unknown', at: expr });
    return { time: { kind: 'relativ', ...offsetsOf(meaning) }, expr };
  }
  const date = end?.date ?? eventDays.get(event);
  draft.fields.anchor = { event, ...(date && { date }) };
  addSource(draft, 'anchor', expr);
  if (meaning.amount && date) {
    const sign = meaning.relation === 'before' ? -1 : 1;
    const { min, max } = meaning.amount;
    const first = addAmount(date, min, sign);
    const last = addAmount(date, max, sign);
    const [earliest, latest] = first <= last ? [first, last] : [last, first];
    const days = min === max ? { target: latest, mal_datum: latest } : { earliest, latest, mal_datum: latest };
    return { time: { kind: 'relativ', ...offsetsOf(meaning), ...days }, expr };
  }
  if (meaning.amount || meaning.relation !== 'after') {
    draft.flags.push({ name: meaning.vague ? 'vague_offset' : 'base_date_unknown', at: expr });
    return { time: { kind: 'relativ', ...offsetsOf(meaning) }, expr };
  }
  draft.fields.trigger = event;
  delete draft.fields.anchor;
  draft.flags.push({ name: 'event_triggered', at: expr });
  addSource(draft, 'trigger', expr);
  return undefined;
}

function offsetsOf({ amount, relation }: LinkMeaning): Pick<FollowUpTime, 'offset' | 'offset_min' | 'offset_max'> {
  const sign = relation === 'before' ? -1 : 1;
  if (!amount) return { offset: null };
  if (amount.min === amount.max) return { offset: isoDuration(amount.max, sign) };
  return { offset_min: isoDuration(amount.min, sign), offset_max: isoDuration(amount.max, sign) };
}
