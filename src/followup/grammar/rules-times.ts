import type { LocalDate } from '../calendar/local-date.ts';
import type { NamedWindow, Relation } from '../calendar/named-window.ts';
import { addAmount } from '../time/amount.ts';
import type { Taken } from './pattern.ts';
import { type Rule, rule, type Setting } from './rule.ts';
import { CARE_GUARANTEE_DAYS } from './rules-periods.ts';
import type { AmountRange, FlagSeed, Period, TimeMeaning } from './values.ts';

const LATE_WORDS = 'före|innan|inför|till_och_med|tom|fram_till';

/** What is planned for when. */
export const TIME_RULES: readonly Rule[] = [
  rule('Time', 'om tre månader', 'om Duration', (t, s) => after(t.of('Duration'), s)),
  rule('Time', '3 mån', 'Duration', (t, s) =>
    t.of('Duration').max.unit === 'H' ? undefined : bare(after(t.of('Duration'), s)),
  ),
  rule('Time', 'om tre månader från nu', 'om Duration från nu|idag', (t, s) => after(t.of('Duration'), s)),
  rule('Time', 'inom 2 v', 'inom Duration', (t, s) => within(t.of('Duration'), s)),
  rule('Time', 'inom loppet av en vecka', 'inom loppet av Duration', (t, s) => within(t.of('Duration'), s)),
  rule('Time', 'inom högst 2 v', 'inom max|högst|maximalt Duration', (t, s) => within(t.of('Duration'), s)),
  rule('Time', 'senast om 2 v', 'senast om|inom Duration', (t, s) => within(t.of('Duration'), s)),
  rule('Time', 'om högst 2 v', 'om? högst|max|maximalt Duration', (t, s) => within(t.of('Duration'), s)),
  rule('Time', 'inom en kommande månad', 'inom den|de Duration', (t, s) => within(t.of('Duration'), s)),
  rule('Time', 'tidigast om 2 v', 'tidigast|först|förrän|inte_före|ej_före om Duration', (t, s) =>
    notBefore(t.of('Duration'), s),
  ),
  rule('Time', 'om minst 2 v', 'om minst Duration', (t, s) => notBefore(t.of('Duration'), s)),
  rule('Time', 'efter 2 v', 'efter|tidigast Duration', (t, s) => notBefore(t.of('Duration'), s)),
  rule(
    'Time',
    'om tidigast 4 och senast 6 v',
    'tidigast om? Duration ,? och? men? senast|högst om|inom? Duration',
    (t, s) => between(addAmount(s.ref, t.of('Duration').min), addAmount(s.ref, t.of('Duration', 1).max)),
  ),
  rule(
    'Time',
    'tidigast om 6 och senast om 12 månader',
    'tidigast om? Number ,? och? men? senast|högst om|inom? Duration',
    (t, s) => {
      const { max } = t.of('Duration');
      return between(addAmount(s.ref, { ...max, count: t.of('Number') }), addAmount(s.ref, max));
    },
  ),
  rule('Time', 'om några veckor', 'om|inom|efter? VagueDuration', () => vague()),
  rule('Time', 'framöver', 'LaterOn', () => vague()),
  rule('Time', 'snarast', 'Soon', () => ({ time: { kind: 'snarast' }, flags: [] })),
  rule('Time', 'enligt plan', 'AsPlanned', () => ({
    time: { kind: 'plan' },
    flags: [{ name: 'refers_to_existing_plan' }],
  })),

  rule('Time', 'v 15', 'Period', (t) => bare(at(t.of('Period'), 'vid'))),
  rule('Time', 'till vecka 14', 'till Period', (t) => {
    const { kind } = t.of('Period');
    const { start, end } = t.node('Period')!;
    return kind === 'vecka' || kind === 'datum' ? { ...at(t.of('Period'), 'vid'), expr: { start, end } } : undefined;
  }),
  rule('Time', 'i april', 'i|på|till|under|kring|runt|omkring|vid|nu Period', (t) => at(t.of('Period'), 'vid')),
  rule('Time', 'inom vårdgarantin', 'inom Period', (t, s) => latestIn(t.of('Period'), s)),
  rule('Time', 'någon gång i april', 'någon_gång|nån_gång i|under? Period', (t) => at(t.of('Period'), 'vid')),
  rule('Time', 'före jul', `${LATE_WORDS} Period`, (t) => at(t.of('Period'), 'fore')),
  rule('Time', 'senast 15 maj', 'senast|till_och_med|tom i|under|på|den? Period', (t, s) =>
    latestIn(t.of('Period'), s),
  ),
  rule('Time', 'inte efter 15 maj', 'inte|ej senare än Period', (t, s) => latestIn(t.of('Period'), s)),
  rule('Time', 'efter påsk', 'förrän? efter|direkt_efter Period', (t) => openEnded(at(t.of('Period'), 'efter'))),
  rule('Time', 'tidigast 1 juni', 'tidigast|från|from|from_och_med|först|förrän i|på|under|den? Period', (t) =>
    earliestIn(t.of('Period')),
  ),
  rule('Time', 'ej före 1 juni', 'ej|inte före|innan Period', (t) => earliestIn(t.of('Period'))),
  rule('Time', 'mellan 1 och 10 maj', 'mellan|från|tidigast Period och|till|-|– senast? Period', (t) =>
    spanOf(t.of('Period'), t.of('Period', 1)),
  ),
  rule('Time', 'v 15 eller v 16', 'Period eller|-|– Period', (t) =>
    t.has('eller') && t.of('Period').kind === 'datum'
      ? undecided(spanOf(t.of('Period'), t.of('Period', 1)))
      : spanOf(t.of('Period'), t.of('Period', 1)),
  ),
  rule('Time', 'efter påsk men före midsommar', 'efter|tidigast Period ,? men|och? före|innan|senast Period', (t) => {
    const from = at(t.of('Period'), 'efter').time.earliest;
    const to = at(t.of('Period', 1), 'fore');
    const flags = [...at(t.of('Period'), 'efter').flags, ...to.flags];
    return from && to.time.latest ? { ...between(from as LocalDate, to.time.latest as LocalDate, flags) } : undefined;
  }),
];

/** Words around a time that leave it what it is: its own words are told without them. */
export const TIME_WRAPPING_RULES: readonly Rule[] = [
  rule(
    'Time',
    'start v 15',
    'start|börjar|börja|startar|starta|börjas|med_start|första|påbörjas|startas|började|start: :? den|i|om|på? Time',
    (t) => part(t, 'start'),
  ),
  rule('Time', 'med start v 15', 'med start|början|början_på Time', (t) => part(t, 'start')),
  rule('Time', 'första gången om en vecka', 'första gången|besöket|gång|tillfället|provet Time', (t) =>
    part(t, 'start'),
  ),
  rule(
    'Time',
    'gärna tidigt i december',
    'gärna|helst|önskar|önskar_tid|önskemål_om|förslagsvis|om_möjligt|lämpligen|företrädesvis Time',
    (t) => part(t, 'wish'),
  ),
];

function part(t: Taken, name: 'start' | 'wish'): TimeMeaning {
  const node = t.node('Time')!;
  const inner = t.of('Time');
  return { ...inner, expr: inner.expr ?? { start: node.start, end: node.end }, part: name, bare: false };
}

function bare(meaning: TimeMeaning | undefined): TimeMeaning | undefined {
  return meaning && { ...meaning, bare: true };
}

function after({ min, max }: AmountRange, { ref }: Setting): TimeMeaning | undefined {
  if (min.unit === 'MIN' || (min.unit === 'H' && max.count < 24)) return undefined;
  if (min !== max) return between(addAmount(ref, min), addAmount(ref, max));
  const target = addAmount(ref, max);
  return { time: { kind: 'om', target, mal_datum: target }, flags: [], amount: max };
}

function within({ max }: AmountRange, { ref }: Setting): TimeMeaning {
  const latest = addAmount(ref, max);
  const isCareGuarantee = max.unit === 'D' && max.count === CARE_GUARANTEE_DAYS;
  return {
    time: { kind: 'inom', earliest: ref, latest, mal_datum: latest },
    flags: isCareGuarantee ? [{ name: 'vardgaranti_90' }] : [],
  };
}

function notBefore({ min }: AmountRange, { ref }: Setting): TimeMeaning {
  return openEnded({ time: { kind: 'efter_datum', earliest: addAmount(ref, min) }, flags: [] });
}

function openEnded(meaning: TimeMeaning): TimeMeaning {
  return { ...meaning, flags: [...meaning.flags, { name: 'no_upper_bound' }] };
}

/** "15/3 eller 17/3": either day, and not those between. */
function undecided(meaning: TimeMeaning | undefined): TimeMeaning | undefined {
  return meaning && { ...meaning, flags: [...meaning.flags, { name: 'competing_times' }] };
}

function vague(): TimeMeaning {
  return { time: { kind: 'vag' }, flags: [{ name: 'vague_time' }] };
}

function between(earliest: LocalDate, latest: LocalDate, flags: readonly FlagSeed[] = []): TimeMeaning {
  return { time: { kind: 'intervall', earliest, latest, mal_datum: latest }, flags };
}

/** A named time as it is spoken of: within it, before it or after it. */
function at(period: Period, relation: Relation): TimeMeaning {
  const window = period.window(relation);
  const { whole } = period;
  const days = window && whole && relation === 'vid' ? preferredIn(whole, window) : window && daysOf(window, period);
  const isToday = period.isToday === true && relation === 'vid' && period.clock === undefined;
  return {
    time: { kind: kindOf(period, relation), ...days },
    flags: flagsOf(period, window),
    ...(isToday && { isToday }),
    ...(period.weekday !== undefined && relation === 'vid' && { weekday: period.weekday }),
  };
}

function preferredIn({ earliest, latest }: NamedWindow, part: NamedWindow): Omit<TimeMeaning['time'], 'kind'> {
  const preferred = part.earliest && part.latest && { preferred: [part.earliest, part.latest] };
  return { ...(earliest && { earliest }), ...(latest && { latest, mal_datum: latest }), ...preferred };
}

function kindOf({ kind }: Period, relation: Relation): TimeMeaning['time']['kind'] {
  if (relation === 'vid') return kind === 'helg' ? 'sasong' : kind;
  return `${relation}_${kind === 'ar' || kind === 'intervall' ? 'datum' : kind}`;
}

function flagsOf(period: Period, window: NamedWindow | undefined): FlagSeed[] {
  const flags = [...(period.flags ?? [])];
  if (!window) return flags.length > 0 ? flags : [{ name: 'invalid_date' }];
  const isFuzzy = window.fuzzy || period.kind === 'sasong' || period.kind === 'helg';
  return isFuzzy && flags.length === 0 ? [{ name: 'season_fuzzy' }] : flags;
}

function daysOf({ target, earliest, latest }: NamedWindow, { clock }: Period): Omit<TimeMeaning['time'], 'kind'> {
  if (target && clock) return { start: `${target}T${clock}`, mal_datum: target };
  if (target) return { target, mal_datum: target };
  return { ...(earliest && { earliest }), ...(latest && { latest, mal_datum: latest }) };
}

function latestIn(period: Period, { ref }: Setting): TimeMeaning {
  const inside = at(period, 'vid');
  const latest = inside.time.latest ?? inside.time.target;
  return { time: { kind: 'inom', ...(latest && { earliest: ref, latest, mal_datum: latest }) }, flags: inside.flags };
}

function earliestIn(period: Period): TimeMeaning {
  const inside = at(period, 'vid');
  const earliest = inside.time.earliest ?? inside.time.target;
  return openEnded({ time: { kind: kindOf(period, 'efter'), ...(earliest && { earliest }) }, flags: inside.flags });
}

function spanOf(first: Period, last: Period): TimeMeaning | undefined {
  const from = at(first, 'vid');
  const to = at(last, 'vid');
  const earliest = from.time.earliest ?? from.time.target;
  const latest = to.time.latest ?? to.time.target;
  const flags = [...from.flags, ...to.flags];
  if (!earliest || !latest) return { time: { kind: 'intervall' }, flags };
  return earliest <= latest ? between(earliest as LocalDate, latest as LocalDate, flags) : undefined;
}
