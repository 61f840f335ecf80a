import type { FollowUpRequest, FollowUpTime } from '../contracts/followup.ts';
import { hasPerson } from './binding/attach.ts';
import { addSource, type Draft, isVisit, setField } from './binding/draft.ts';
import { resolveLinks } from './binding/resolve-links.ts';
import type { Bound } from './binding/state.ts';
import { triggerOf } from './binding/trigger.ts';
import { keepVerbatim } from './binding/verbatim.ts';
import { type LocalDate, parseLocalDate } from './calendar/local-date.ts';
import type { FlagSeed, SeriesMeaning } from './grammar/values.ts';
import { addAmount, isoDuration } from './time/amount.ts';
import { calendarFlags } from './time/calendar-flags.ts';
import { isChild, twelveDigits } from './time/patient-id.ts';

/** A request and what gave cause for its flags, complete but for the flags' reasons. */
export interface Finished {
  readonly draft: Draft;
  readonly request: FollowUpRequest;
  readonly flags: readonly FlagSeed[];
}

/** A series longer than this was misread. */
const MAXIMUM_COUNT = 200;

/** A referral, a letter and a cancellation are done when somebody gets to it. */
const NEEDS_NO_TIME: ReadonlySet<string> = new Set(['remiss', 'brev', 'avbokning']);

/** Makes requests of the drafts that are plans, in the order of the text. */
export function finish(bound: Bound, text: string, ref: LocalDate): Finished[] {
  const { drafts } = bound;
  const linked = new Set(
    drafts.filter(({ planned }) => planned).flatMap(({ links }) => links.map(({ other }) => other)),
  );
  // A weak word is a plan beside signs of one, or when a plan is linked to it.
  const plans = withoutRepeats(drafts.filter((draft) => draft.planned || linked.has(draft)));
  for (const [index, draft] of plans.entries()) draft.id = `R${index + 1}`;
  shareTimes(plans);
  joinAlternatives(plans);
  keepVerbatim(bound, plans, text);
  return plans.map((draft) => finishOne(draft, plans, text, ref, bound.eventDays));
}

/** "Behöver spirometri. ... Spirometri om 6 v": what is said again with its time is the same. */
function withoutRepeats(plans: readonly Draft[]): readonly Draft[] {
  /** The last sentence that gives each examination a time. */
  const timed = new Map<string, number>();
  for (const { type, time, fields, sentence } of plans)
    if (type === 'undersokning' && time && fields.service !== undefined) timed.set(fields.service, sentence);
  return plans.filter(({ type, time, series, trigger, links, fields, sentence }) => {
    const isOpen = !time && !series && !trigger && links.length === 0 && !fields.condition;
    const isRepeated = type === 'undersokning' && sentence < (timed.get(fields.service ?? '') ?? sentence);
    return !(isOpen && isRepeated);
  });
}

/** "Åb och prover om 3 mån": what is named in one breath is meant for the same time. */
function shareTimes(plans: readonly Draft[]): void {
  for (const [index, draft] of plans.entries()) {
    const next = plans[index + 1];
    if (!next || draft.time || draft.links.length > 0 || draft.series || next.sentence !== draft.sentence) continue;
    if (next.joined) shareLink(draft, next);
    if (
      !next.joined ||
      !next.time ||
      next.links.some(({ meaning }) => meaning.relation !== 'alternative') ||
      NEEDS_NO_TIME.has(draft.type)
    )
      continue;
    shareTime(draft, next);
    if (next.series) draft.series = next.series;
    if (draft.type === next.type) sharePerson(draft, next);
  }
}

/** "EKG och blodprover samma dag som åb": both. */
function shareLink(draft: Draft, { links, time }: Draft): void {
  const shared = links.find(({ meaning }) => meaning.relation === 'before' || meaning.relation === 'same_day');
  if (!shared || time || draft.type === 'remiss' || draft.type === 'brev') return;
  draft.links.push(shared);
  addSource(draft, 'time', shared.expr);
}

function sharePerson(draft: Draft, other: Draft): void {
  if (hasPerson(draft)) return;
  for (const field of ['role', 'practitioner'] as const) {
    const value = other.fields[field];
    if (value !== undefined) setField(draft, field, value, other.sources.get(field)![0]!);
  }
}

/**
 * "Telefontid eller videobesök, dr Wall", "åb 2 v hos mig alternativt telefon": either way with the same person, at the
 * same time; at other times somebody has to choose.
 */
function joinAlternatives(plans: readonly Draft[]): void {
  for (const later of plans) {
    const other = later.links.find(({ meaning }) => meaning.relation === 'alternative')?.other;
    if (typeof other !== 'object' || !('action' in other)) continue;
    if (later.time && other.time && later.time.expr.start !== other.time.expr.start)
      later.flags.push({ name: 'competing_times', at: later.time.expr });
    sharePerson(other, later);
    sharePerson(later, other);
    shareTime(later, other);
    shareTime(other, later);
  }
}

function shareTime(draft: Draft, { time }: Draft): void {
  if (draft.time || !time) return;
  draft.time = time;
  addSource(draft, 'time', time.expr);
}

function finishOne(
  draft: Draft,
  plans: readonly Draft[],
  text: string,
  ref: LocalDate,
  eventDays: Bound['eventDays'],
): Finished {
  const relative = resolveLinks(draft, plans, eventDays);
  if (relative && !draft.time) addSource(draft, 'time', relative.expr);
  const time = timeOf(draft, text, ref, relative);
  const series = draft.fields.series ?? seriesOf(draft, ref);
  if (draft.trigger) draft.fields.trigger = triggerOf(draft.trigger, draft, plans);
  if (draft.fields.reason === 'svar') draft.fields.reason = answerReason(draft, plans);
  if (draft.fields.patient_id !== undefined) {
    draft.fields.patient_id = twelveDigits(draft.fields.patient_id, ref);
    if (isChild(draft.fields.patient_id, ref)) draft.flags.push({ name: 'letter_to_guardian' });
  }
  if (isRebooking(draft)) draft.type = 'ombokning';
  const order = { id: draft.id!, type: draft.type, ...draft.fields };
  const request: FollowUpRequest = { ...order, ...(series && { series }), ...(time && { time }) };
  return { draft, request, flags: flagsOf(draft, request, ref) };
}

/** "Återbesök för svar": of what, when it follows something. */
function answerReason({ fields }: Draft, plans: readonly Draft[]): string {
  const source = plans.find(({ id }) => id === fields.after);
  if (!source) return 'svar';
  return source.type === 'provtagning'
    ? 'provsvar'
    : ['svar', source.fields.service].filter((part) => part !== undefined).join(' ');
}

/** "Ny tid hos samma läkare, kan ej 12-16 maj": in place of a booking that does not suit. */
function isRebooking({ action, fields }: Draft): boolean {
  return (
    action.isNew === true &&
    (fields.practitioner === '@same' || fields.patient_pref?.not_dates !== undefined) &&
    fields.reason === undefined
  );
}

function timeOf(
  draft: Draft,
  text: string,
  ref: LocalDate,
  relative: ReturnType<typeof resolveLinks>,
): FollowUpTime | undefined {
  const words = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
  const own = draft.time;
  if (own && !hasNoDay(draft))
    return { kind: own.meaning.time.kind, expr: words(own.expr), ...without(own.meaning.time) };
  if (relative) return { kind: relative.time.kind, expr: words(relative.expr), ...without(relative.time) };
  const every = draft.series?.every;
  if (!every || own) return undefined;
  const at = draft.sources.get('series')?.[0];
  const target = draft.series?.firstDay ?? addAmount(ref, every);
  if (at) addSource(draft, 'time', at);
  return at && { kind: draft.series?.firstDay ? 'datum' : 'om', expr: words(at), target, mal_datum: target };
}

function without({ kind: _kind, ...rest }: Omit<FollowUpTime, 'expr'>): Omit<FollowUpTime, 'expr' | 'kind'> {
  return rest;
}

/** A date that does not exist is no time at all. */
function hasNoDay(draft: Draft): boolean {
  return draft.time!.meaning.flags.some(({ name }) => name === 'invalid_date' || name === 'ambiguous_abbrev');
}

function seriesOf({ series, thenEvery, time }: Draft, ref: LocalDate): FollowUpRequest['series'] {
  if (!series && !thenEvery) return undefined;
  const found: NonNullable<FollowUpRequest['series']> = {};
  const every = series?.every;
  const until = series?.until ?? (series?.lasting && every && addAmount(ref, series.lasting));
  const said = parseLocalDate(time?.meaning.time.target ?? time?.meaning.time.earliest ?? '');
  const count = series && countOf(series, said ?? series.firstDay ?? (every && addAmount(ref, every)), until);
  if (count !== undefined) found.count = count;
  if (every) found.interval = isoDuration(every);
  if (until) found.until = until;
  if (thenEvery?.every) found.then_interval = isoDuration(thenEvery.every);
  return Object.keys(found).length > 0 ? found : undefined;
}

/** As many as said, or as fit from the first to the last day. */
function countOf(
  { count, every }: SeriesMeaning,
  first: LocalDate | undefined,
  until: LocalDate | undefined,
): number | undefined {
  if (count !== undefined || !every || !until || !first) return count;
  let times = 0;
  for (
    let day = first;
    day <= until && times < MAXIMUM_COUNT;
    day = addAmount(first, { ...every, count: every.count * times })
  )
    times++;
  return times > 0 && times < MAXIMUM_COUNT ? times : undefined;
}

function flagsOf(draft: Draft, request: FollowUpRequest, ref: LocalDate): FlagSeed[] {
  const flags: FlagSeed[] = [...draft.flags, ...(draft.time?.meaning.flags ?? []), ...(draft.series?.flags ?? [])];
  const has = (name: FlagSeed['name']) => flags.some((flag) => flag.name === name);
  const { series, time } = request;
  const isEndless =
    series &&
    !series.follows &&
    (series.interval || series.then_interval) &&
    series.count === undefined &&
    series.until === undefined;
  if (isEndless) flags.push({ name: 'series_without_end' });
  if (request.type === 'rontgen') flags.push({ name: 'needs_referral', carried: request.id });
  if (isTimeless(draft, request) && !has('invalid_date')) flags.push({ name: 'time_missing' });
  if (
    request.type === 'provtagning' &&
    !request.analyses &&
    !request.service &&
    !request.before &&
    !request.after &&
    !request.same_day
  )
    flags.push({ name: 'analyses_missing' });
  if (request.type === 'remiss' && request.to === undefined) flags.push({ name: 'unit_missing' });
  if (request.type === 'nybesok' && request.unit === undefined && !hasPerson(draft))
    flags.push({ name: 'unit_missing' });
  if (isUnclearSoon(draft)) {
    flags.push({ name: 'urgency_unclear' });
    request.priority = 'oklar';
  }
  nameVisit(draft, request, flags);
  if (time) flags.push(...calendarFlags(time, request.patient_pref, ref));
  return flags;
}

function isTimeless(
  draft: Draft,
  { type, time, series, trigger, condition, after, before, same_day, alternative_to }: FollowUpRequest,
): boolean {
  // Which booking is to be cancelled is only known by its day.
  if (draft.type === 'avbokning') return draft.fields.booking_date === undefined;
  if (time || series || trigger !== undefined || condition !== undefined || NEEDS_NO_TIME.has(type) || draft.time)
    return false;
  return [after, before, same_day, alternative_to].every((link) => link === undefined);
}

function isUnclearSoon(draft: Draft): boolean {
  const { time, flags } = draft.time?.meaning ?? {};
  return time?.kind === 'snarast' && !flags?.some(({ name }) => name === 'time_missing');
}

/** Somewhere to go, though it may not be clear to whom ("hos AT"). */
function hasPlace({ fields, flags }: Draft): boolean {
  return fields.unit !== undefined || flags.some(({ name }) => name === 'ambiguous_abbrev');
}

/** What kind of visit, and with whom: said, assumed, or asked for. */
function nameVisit(draft: Draft, request: FollowUpRequest, flags: FlagSeed[]): void {
  const isUnnamed = ['check', 'visit', 'call', 'service'].includes(draft.action.kind ?? '');
  const isBare = isUnnamed && request.service === undefined && request.reason === undefined;
  const has = (name: FlagSeed['name']) => flags.some((flag) => flag.name === name);
  const isNothing = (draft.action.kind === 'check' || draft.action.isEmpty === true) && !hasPlace(draft);
  if (draft.type === 'aterbesok' && isBare && !hasPerson(draft) && isNothing) {
    flags.push({ name: 'what_missing' }, { name: 'role_missing' });
    return;
  }
  if (draft.type === 'aterbesok' && isUnnamed && !has('copy_from_missed_booking'))
    flags.push({ name: 'visit_kind_assumed' });
  const asksAuthor = flags.some(({ name }) =>
    [
      'vague_time',
      'invalid_date',
      'weekday_date_mismatch',
      'past_date',
      'ambiguous_abbrev',
      'urgency_unclear',
    ].includes(name),
  );
  const isOwn = isVisit(draft.type) && draft.type !== 'nybesok' && draft.type !== 'mote';
  if (isOwn && !hasPerson(draft) && request.unit === undefined && !asksAuthor)
    flags.push({ name: 'role_default_author' });
}
