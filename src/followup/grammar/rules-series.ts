import { WEEKDAYS } from '../../contracts/followup.ts';
import type { NamedWindow } from '../calendar/named-window.ts';
import { comingWeekday } from '../calendar/weekday-times.ts';
import { addAmount } from '../time/amount.ts';
import { type Rule, rule } from './rule.ts';
import type { Amount, AmountRange, LinkMeaning, SeriesMeaning, TimeMeaning } from './values.ts';

const BEFORE = 'innan|före|dessförinnan|inför|dessförrinnan|dess_förinnan';
const TOGETHER =
  'i_samband_med|i_anslutning_till|samtidigt_som|samtidigt_med|samma_dag_som|vid_samma_tillfälle_som|samordnas_med|ihop_med';

/** How requests lie to one another. Before the times, for "två veckor innan" is no time from today. */
export const LINK_RULES: readonly Rule[] = [
  rule('Link', 'en vecka innan', `om|ca|cirka? Duration ${BEFORE}`, (t) => link('before', t.of('Duration'))),
  rule(
    'Time',
    'inom två veckor innan vi',
    `inom Duration ${BEFORE} vi|jag|man|han|hon|patienten`,
    (t, { ref }, { start }) => {
      const latest = addAmount(ref, t.of('Duration').max);
      const { end } = t.node('Duration')!;
      return { time: { kind: 'inom', earliest: ref, latest, mal_datum: latest }, flags: [], expr: { start, end } };
    },
  ),
  rule('Link', 'tre dagar efter', 'om|ca|cirka? Duration efter', (t) => link('after', t.of('Duration'))),
  rule('Link', 'två veckor senare', 'Duration senare|därefter|efteråt|därpå|framåt|fram', (t) => ({
    ...link('after', t.of('Duration')),
    open: false,
  })),
  rule('Link', 'ytterligare två veckor', 'efter ytterligare Duration', (t) => ({
    ...link('after', t.of('Duration')),
    open: false,
  })),
  rule('Link', 'därefter om två veckor', 'Then om|efter|inom? Duration', (t) => ({
    ...link('after', t.of('Duration')),
    open: false,
  })),
  rule('Link', 'sex veckor postop', 'om? Duration postop|postoperativt', (t) => ({
    ...link('after', t.of('Duration')),
    open: false,
    event: 'operation',
  })),
  rule(
    'Link',
    'dag 12 postop',
    'dag|postop_dag|dygn Number postop|postoperativt|post_op|efter_op|efter_operation|efter_operationen',
    (t) => ({ ...link('after', days(t.of('Number'))), open: false, event: 'operation' }),
  ),
  rule('Link', 'postop dag 12', 'postop|postoperativ|postoperativt dag Number', (t) => ({
    ...link('after', days(t.of('Number'))),
    open: false,
    event: 'operation',
  })),
  rule('Link', 'vid nästa besök', 'vid|till|inför|på nästa|nästkommande|kommande|nästföljande Action', (t) => {
    const { kind, type } = t.of('Action');
    const isMeeting = kind === 'visit' || kind === 'check' || type === 'aterbesok' || type === 'telefon';
    const relation = t.has('inför') ? 'before' : 'same_day';
    return isMeeting ? { ...link(relation), open: false, event: 'nästa besök' } : undefined;
  }),
  rule('Link', 'vid ett års ålder', 'vid|i Duration ålder|ålders', () => ({
    ...link('same_day'),
    open: false,
    event: 'ålder',
  })),
  rule('Link', 'veckan därpå', 'veckan därpå', () => ({ ...link('after', one('W')), open: false })),
  rule('Link', 'några dagar innan', `VagueDuration ${BEFORE}`, () => ({ ...link('before'), vague: true })),
  rule('Link', 'några dagar efter', 'VagueDuration efter|senare|därefter', () => ({ ...link('after'), vague: true })),
  rule(
    'Link',
    'strax innan',
    `strax|kort|i_god_tid|i_god_tid_innan|en_tid|ett_tag|nära|lite|god_tid|tätt ${BEFORE}`,
    () => ({ ...link('before'), vague: true }),
  ),
  rule('Link', 'strax efter', 'strax|kort|en_tid|ett_tag|lite efter', () => ({ ...link('after'), vague: true })),
  rule('Link', 'dagen innan', `dagen ${BEFORE}`, () => link('before', one('D'))),
  rule('Link', 'dagen efter', 'dagen efter', () => link('after', one('D'))),
  rule('Link', 'veckan innan', `veckan ${BEFORE}`, () => link('before', one('W'))),
  rule('Link', 'veckan efter', 'veckan efter', () => link('after', one('W'))),
  rule('Link', 'månaden innan', `månaden ${BEFORE}`, () => link('before', one('M'))),
  rule('Link', 'innan', BEFORE, () => link('before')),
  rule('Link', 'efter varje', 'efter varje|respektive|var', () => ({ ...link('after'), each: true })),
  rule('Link', 'inför varje', 'inför|innan|före varje|respektive|var', () => ({ ...link('before'), each: true })),
  rule('Link', 'efter', 'efter', () => link('after')),
  rule('Link', 'efteråt', 'efteråt', () => ({ ...link('after'), open: false })),
  rule(
    'Link',
    'samma dag',
    'samma_dag|samma_morgon|samma_förmiddag|samma_eftermiddag|vid_samma_tillfälle|samtidigt|vid_samma_besök|i_samma_veva',
    () => ({
      ...link('same_day'),
      open: false,
    }),
  ),
  rule('Link', 'samma dag som', TOGETHER, () => link('same_day')),
  rule('Time', 'om tio dagar efter höjningen', 'om Duration efter Event', (t, { ref }) => {
    if (t.of('Event') !== 'insättning') return undefined;
    const { start } = t.node('Duration')!;
    return {
      time: {
        kind: 'om',
        target: addAmount(ref, t.of('Duration').max),
        mal_datum: addAmount(ref, t.of('Duration').max),
      },
      flags: [],
      expr: { start: start - 'om '.length, end: t.node('Duration')!.end },
    };
  }),
  rule('Time', 'inom en vecka efter insättningen', 'inom Duration efter Event', (t, { ref }, { start }) => {
    if (t.of('Event') !== 'insättning') return undefined;
    const latest = addAmount(ref, t.of('Duration').max);
    const { end } = t.node('Duration')!;
    return { time: { kind: 'inom', earliest: ref, latest, mal_datum: latest }, flags: [], expr: { start, end } };
  }),
  rule('Time', 'två veckor efter påsk', 'om? Duration efter Period', (t) =>
    fromPeriod(t.of('Duration'), t.of('Period').window('vid')),
  ),
];

/** "Mån", "tors": a weekday's short form is no certain day where it is denied. */
const LONGEST_SHORT_WEEKDAY = 4;

/** Before the days, for "varje torsdag" is none of them and "varannan mån" no Monday. */
export const WEEKDAY_SERIES_RULES: readonly Rule[] = [
  rule('Pref', 'ej mån', 'Neg på|om? Weekday', (t) =>
    t.node('Weekday')!.lower.length <= LONGEST_SHORT_WEEKDAY
      ? { not_weekdays: [WEEKDAYS[t.of('Weekday') - 1]!] }
      : undefined,
  ),
  rule(
    'Series',
    'en gång i veckan',
    'Number gång|gånger|ggr|g per|i|om|/ Unit',
    (t) => perUnit(t.of('Number'), t.of('Unit')) ?? NO_INTERVAL,
  ),
  rule('Series', 'ett i veckan', 'en|ett|två i|per Unit', (t) => perUnit(t.has('två') ? 2 : 1, t.of('Unit'))),
  rule('Series', 'en gång i halvåret', 'Number gång|gånger|ggr|g per|i|om|/ LongUnit', (t) =>
    t.of('Number') === 1 ? { every: t.of('LongUnit') } : undefined,
  ),
  rule('Series', 'varannan vecka', 'Every Unit', (t) => every(t.of('Every'), t.of('Unit'))),
  rule('Series', 'var tredje månad', 'Every Ordinal Unit', (t) => every(t.of('Ordinal'), t.of('Unit'))),
  rule('Series', 'var 3 månad', 'Every Number Unit', (t) => every(t.of('Number'), t.of('Unit'))),
  rule('Series', 'varje torsdag', 'Every Weekday', (t, { ref }) => ({
    every: { count: t.of('Every'), unit: 'W' },
    firstDay: comingWeekday(ref, t.of('Weekday')).target!,
  })),
];

/** How often, how many times and how long. */
export const SERIES_RULES: readonly Rule[] = [
  rule('Series', 'var tredje till fjärde månad', 'Every Ordinal till|- Ordinal Unit', (t) =>
    every(t.of('Ordinal', 1), t.of('Unit')),
  ),
  rule('Series', 'varje halvår', 'Every LongUnit', (t) =>
    every(t.of('Every') * t.of('LongUnit').count, t.of('LongUnit').unit),
  ),
  rule('Series', 'varje kvartal', 'Every Duration', (t) => {
    const { min, max } = t.of('Duration');
    return min === max ? every(t.of('Every') * max.count, max.unit) : undefined;
  }),
  rule('Series', 'årligen', 'Adverb', (t) => ({ every: t.of('Adverb') })),
  rule('Series', 'med fyra veckors mellanrum', 'med Duration mellanrum|intervall|intervaller|mellan', (t) => ({
    every: t.of('Duration').min,
  })),
  rule('Series', 'fyra veckor emellan', 'Duration emellan|mellan', (t) => ({ every: t.of('Duration').min })),
  rule('Series', 'under ett år', 'under|i Duration', (t) => ({ lasting: t.of('Duration').max })),
  rule('Series', 'under det närmaste året', 'under|de|det närmaste|kommande|nästkommande Duration', (t) => ({
    lasting: t.of('Duration').max,
  })),
  rule(
    'Series',
    'under de närmaste tre månaderna',
    'under det|de|ett? närmaste|kommande|nästkommande Duration|Unit',
    (t) => {
      const duration = t.maybe('Duration');
      return { lasting: duration?.max ?? { count: 1, unit: t.of('Unit') } };
    },
  ),
  rule('Series', 'tre gånger', 'Number gånger|ggr|tillfällen|omgångar|st', (t) => ({ count: t.of('Number') })),
  rule('Series', 'x 4', 'x|× Number', (t) => (t.of('Number') > 1 ? { count: t.of('Number') } : undefined)),
  rule('Series', 'sammanlagt tre gånger', 'totalt|sammanlagt Number gånger|ggr|tillfällen|st?', (t) => ({
    count: t.of('Number'),
  })),
  rule('Series', 'till och med juni', 'till_och_med|tom|t_o_m Period', (t) => until(t.of('Period').window('vid'))),
  rule('Series', 'fram till sommaren', 'fram_till|till Period', (t) => {
    const { kind, window } = t.of('Period');
    if (kind !== 'sasong' && kind !== 'helg' && !t.has('fram')) return undefined;
    return t.has('fram')
      ? until(window(kind === 'datum' ? 'vid' : 'fore'), kind === 'sasong' || kind === 'helg')
      : undefined;
  }),
];

/** "Två gånger i veckan": no interval in whole days says it. */
const NO_INTERVAL: SeriesMeaning = { flags: [{ name: 'unread_text' }] };

function one(unit: Amount['unit']): AmountRange {
  const amount = { count: 1, unit };
  return { min: amount, max: amount };
}

function link(relation: LinkMeaning['relation'], amount?: AmountRange): LinkMeaning {
  return { relation, open: true, ...(amount && { amount }) };
}

function days(count: number): AmountRange {
  const amount = { count, unit: 'D' } as const;
  return { min: amount, max: amount };
}

function every(count: number, unit: Amount['unit']): SeriesMeaning | undefined {
  return count > 0 ? { every: { count, unit } } : undefined;
}

/** "Två gånger per år": every half year, where the unit can be cut so. */
function perUnit(times: number, unit: Amount['unit']): SeriesMeaning | undefined {
  if (times === 1) return { every: { count: 1, unit } };
  const parts = { Y: { count: 12, unit: 'M' }, M: { count: 4, unit: 'W' }, W: { count: 7, unit: 'D' } } as const;
  const smaller = unit === 'Y' || unit === 'M' || unit === 'W' ? parts[unit] : undefined;
  return smaller && smaller.count % times === 0
    ? { every: { count: smaller.count / times, unit: smaller.unit } }
    : undefined;
}

function until(window: NamedWindow | undefined, isFuzzy = false): SeriesMeaning | undefined {
  const last = window?.latest ?? window?.target;
  return last && { until: last, ...(isFuzzy && { flags: [{ name: 'season_fuzzy' }] }) };
}

function fromPeriod({ min, max }: AmountRange, window: NamedWindow | undefined): TimeMeaning | undefined {
  const from = window?.target ?? window?.latest;
  if (!from) return undefined;
  const earliest = addAmount(from, min);
  const latest = addAmount(from, max);
  const time =
    min === max
      ? { kind: 'om' as const, target: latest, mal_datum: latest }
      : { kind: 'intervall' as const, earliest, latest, mal_datum: latest };
  return { time, flags: window?.fuzzy ? [{ name: 'season_fuzzy' }] : [] };
}
