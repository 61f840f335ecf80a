import { clockTime, SPOKEN_MINUTES } from '../calendar/clock-times.ts';
import { feastWindow, weekendWindow } from '../calendar/feast-times.ts';
import { addDays } from '../calendar/local-date.ts';
import {
  nextSeasonWindow,
  numberedPeriod,
  relativePeriod,
  seasonWindow,
  turnOfMonth,
} from '../calendar/named-times.ts';
import type { Part } from '../calendar/named-window.ts';
import {
  comingWeekday,
  nextWeekday,
  relativeDay,
  relativeWeek,
  weekdayOfRelativeWeek,
  weekdayOfWeek,
  weekWindow,
} from '../calendar/weekday-times.ts';
import { dayOfYear, dayPeriod, daySpan, periodOf, slashedDay } from '../time/days.ts';
import { type Rule, rule, type Setting } from './rule.ts';
import type { Period } from './values.ts';

/** The longest wait for a first visit to specialised care (hälso- och sjukvårdslagen 9 kap.). */
export const CARE_GUARANTEE_DAYS = 90;

/** Minutes that "och" joins to an hour; others begin something new. */
const SAID_MINUTES: ReadonlySet<number> = new Set([15, 20, 30, 40, 45, 50]);

/** Times of day. */
export const CLOCK_RULES: readonly Rule[] = [
  rule('Clock', 'kl 14.30', 'kl|klockan|kl.|kl: ClockToken', (t) => clockOf(t.of('ClockToken'))),
  rule('Clock', 'kl 14', 'kl|klockan Number', (t) => clockTime(t.of('Number'), 0)?.time),
  rule('Clock', 'kl 14 30', 'kl|klockan Number Number', (t) => clockTime(t.of('Number'), t.of('Number', 1))?.time),
  rule('Clock', 'klockan nio och trettio', 'kl|klockan Number och Number', (t) =>
    SAID_MINUTES.has(t.of('Number', 1)) ? clockTime(t.of('Number'), t.of('Number', 1))?.time : undefined,
  ),
  rule(
    'Clock',
    'halv tre',
    'kl|klockan? halv Number',
    (t) => clockTime(t.of('Number', t.maybe('Number', 1) ? 1 : 0), SPOKEN_MINUTES.halv)?.time,
  ),
  rule(
    'Clock',
    'kvart över två',
    'kl|klockan? kvart över Number',
    (t) => clockTime(t.of('Number'), SPOKEN_MINUTES.kvart_over)?.time,
  ),
  rule(
    'Clock',
    'kvart i två',
    'kl|klockan? kvart i Number',
    (t) => clockTime(t.of('Number'), SPOKEN_MINUTES.kvart_i)?.time,
  ),
  rule('Clock', '14:30', 'ClockToken', (t) => clockOf(t.of('ClockToken'))),
];

function clockOf(text: string): string | undefined {
  const [hour, minute] = text.split(':');
  return clockTime(Number(hour), Number(minute))?.time;
}

/** Days and stretches of days that have a name. */
export const PERIOD_RULES: readonly Rule[] = [
  rule('Period', '2026-03-26', 'DateToken', (t, { ref }) => dayPeriod(ref, t.maybe('DateToken'))),
  rule('Period', '26/3', 'den? SlashedToken', (t, { ref }) => slashedDay(ref, t.of('SlashedToken'))),
  rule('Period', 'fre 26/3', 'på? Weekday den? SlashedToken', (t, { ref }) =>
    slashedDay(ref, t.of('SlashedToken'), t.of('Weekday')),
  ),
  rule('Period', '26 mars', 'den? Number|Ordinal Month Number?', (t, { ref }) =>
    dayOfYear(ref, t.maybe('Ordinal') ?? t.of('Number'), t.of('Month'), t.maybe('Number', t.maybe('Ordinal') ? 0 : 1)),
  ),
  rule('Period', 'torsdag 26 mars', 'på? Weekday ,? den? Number|Ordinal Month Number?', (t, { ref }) =>
    dayOfYear(
      ref,
      t.maybe('Ordinal') ?? t.of('Number'),
      t.of('Month'),
      t.maybe('Number', t.maybe('Ordinal') ? 0 : 1),
      t.of('Weekday'),
    ),
  ),
  rule('Period', '12-16 maj', 'den? Range Month', (t, { ref }) => daySpan(ref, t.of('Range'), t.of('Month'))),
  rule('Period', 'vecka 15', 'v|vecka|veckan|v. Number', (t, { ref }) => week(ref, t.of('Number'))),
  rule('Period', 'vecka 15-17', 'v|vecka|v. Range', (t, { ref }) => weeks(ref, t.of('Range'))),
  rule('Period', 'tisdag v 17', 'på? Weekday i? v|vecka|v. Number', (t, { ref }) =>
    periodOf(
      'datum',
      weekdayOfWeek(ref, t.of('Weekday'), t.of('Number')),
      weekWindow(ref, t.of('Number')) ? [] : [{ name: 'invalid_date' }],
    ),
  ),
  rule('Period', 'april', 'Month', (t, { ref }) => month(ref, t.of('Month'))),
  rule('Period', 'april 2027', 'Month Number', (t, { ref }) => {
    const year = t.of('Number');
    return isYear(year) ? month(ref, t.of('Month'), undefined, year) : undefined;
  }),
  rule('Period', 'mars-april', 'Month -|–|till|eller|/ Month', (t, { ref }) =>
    months(ref, t.of('Month'), t.of('Month', 1)),
  ),
  rule('Period', 'april månad', 'Month månad', (t, { ref }) => month(ref, t.of('Month'))),
  rule('Period', 'nästa april', 'nästa Month', (t, { ref }) => month(ref, t.of('Month'))),
  rule('Period', 'i början av maj', 'i? Part av|i|på? Month', (t, { ref }) => month(ref, t.of('Month'), t.of('Part'))),
  rule('Period', 'månadsskiftet april/maj', 'månadsskiftet Month -|–|/ Month', (t, { ref }) => ({
    kind: 'manad',
    window: (relation) => turnOfMonth(ref, t.of('Month'), { relation }),
  })),
  rule('Period', 'månadsskiftet', 'månadsskiftet', (_t, { ref }) => ({
    kind: 'manad',
    window: (relation) => turnOfMonth(ref, undefined, { relation }),
  })),
  rule('Period', 'våren', 'Season', (t, { ref }) => ({
    kind: 'sasong',
    window: (relation) => seasonWindow(ref, t.of('Season'), { relation }),
  })),
  rule('Period', 'sommaren 2027', 'Season Number', (t, { ref }) => {
    const year = t.of('Number');
    return isYear(year)
      ? { kind: 'sasong', window: (relation) => seasonWindow(ref, t.of('Season'), { relation, year }) }
      : undefined;
  }),
  rule('Period', 'tidigt i höst', 'i? Part på|i|av? Season', (t, { ref }) => ({
    kind: 'sasong',
    window: (relation) => seasonWindow(ref, t.of('Season'), { relation, part: t.of('Part') }),
  })),
  rule('Period', 'nästa höst', 'nästa Season', (t, { ref }) =>
    periodOf('sasong', nextSeasonWindow(ref, t.of('Season'))),
  ),
  rule('Period', 'påsk', 'Feast', (t, { ref }) => ({
    kind: 'helg',
    window: (relation) => feastWindow(ref, t.of('Feast'), { relation }),
  })),
  rule('Period', 'helgen', 'helgen|helg', (_t, { ref }) => ({
    kind: 'helg',
    window: (relation) => weekendWindow(ref, relation),
  })),
  rule('Period', 'i kväll', 'LaterToday', (_t, { ref }) => periodOf('datum', relativeDay(ref, 0))),
  rule('Period', 'i morgon', 'RelativeDay', (t, { ref }) => ({
    ...periodOf('datum', relativeDay(ref, t.of('RelativeDay'))),
    isToday: t.of('RelativeDay') === 0,
  })),
  rule('Period', 'mån', 'mån|på_mån', () => periodOf('datum', undefined, [{ name: 'ambiguous_abbrev' }])),
  rule('Period', 'på fredag', 'Weekday', (t, { ref }) => ({
    ...periodOf('datum', comingWeekday(ref, t.of('Weekday'))),
    weekday: t.of('Weekday'),
  })),
  rule('Period', 'nu på fredag', 'nu på Weekday', (t, { ref }) =>
    periodOf('datum', comingWeekday(ref, t.of('Weekday'))),
  ),
  rule('Period', 'nästa fredag', 'nästa|nästkommande Weekday', (t, { ref }) =>
    periodOf('datum', nextWeekday(ref, t.of('Weekday'))),
  ),
  rule('Period', 'fredag om en vecka', 'på? Weekday om Duration', (t, { ref }) => {
    const { min, max } = t.of('Duration');
    return min === max && max.unit === 'W' && Number.isInteger(max.count)
      ? periodOf('datum', weekdayOfRelativeWeek(ref, t.of('Weekday'), max.count))
      : undefined;
  }),
  rule('Period', 'fredag nästa vecka', 'på? Weekday i? nästa|nästkommande vecka|v', (t, { ref }) =>
    periodOf('datum', weekdayOfRelativeWeek(ref, t.of('Weekday'), 1)),
  ),
  rule('Period', 'nästa vecka fredag', 'nästa vecka på? Weekday', (t, { ref }) =>
    periodOf('datum', weekdayOfRelativeWeek(ref, t.of('Weekday'), 1)),
  ),
  rule('Period', 'fredag denna vecka', 'på? Weekday denna|i vecka|veckan|v', (t, { ref }) =>
    periodOf('datum', weekdayOfRelativeWeek(ref, t.of('Weekday'), 0)),
  ),
  rule('Period', 'nästa vecka', 'nästa|nästkommande|kommande vecka|v', (_t, { ref }) => relativeWeeks(ref, 1)),
  rule('Period', 'början av nästa vecka', 'i? Part av|på|i? nästa vecka|v', (t, { ref }) =>
    relativeWeeks(ref, 1, t.of('Part')),
  ),
  rule('Period', 'denna vecka', 'denna vecka|v', (_t, { ref }) => relativeWeeks(ref, 0)),
  rule('Period', 'i veckan', 'i veckan', (_t, { ref }) => relativeWeeks(ref, 0)),
  rule('Period', 'i slutet av veckan', 'i? Part av|på? veckan', (t, { ref }) => relativeWeeks(ref, 0, t.of('Part'))),
  rule('Period', 'veckan efter nästa', 'veckan efter nästa vecka?', (_t, { ref }) => relativeWeeks(ref, 2)),
  rule('Period', 'nästa månad', 'nästa|nästkommande|kommande månad|mån', (_t, { ref }) =>
    periodOf('manad', relativePeriod(ref, 'manad', 1)),
  ),
  rule('Period', 'början av nästa månad', 'i? Part av|på|i? nästa månad|mån', (t, { ref }) =>
    periodOf('manad', relativePeriod(ref, 'manad', 1, t.of('Part'))),
  ),
  rule('Period', 'slutet av månaden', 'i? Part av|på? månaden|denna_månad', (t, { ref }) =>
    periodOf('manad', relativePeriod(ref, 'manad', 0, t.of('Part'))),
  ),
  rule('Period', 'nästa kvartal', 'nästa|kommande kvartal', (_t, { ref }) =>
    periodOf('manad', relativePeriod(ref, 'kvartal', 1)),
  ),
  rule('Period', 'kvartal 3', 'kvartal|q Number', (t, { ref }) => numbered(ref, 'kvartal', t.of('Number'), 4)),
  rule('Period', 'tredje kvartalet', 'Ordinal kvartalet', (t, { ref }) => numbered(ref, 'kvartal', t.of('Ordinal'), 4)),
  rule('Period', 'vårdgarantin', 'vårdgarantin|vårdgarantins_gräns', (_t, { ref }) =>
    periodOf('ar', { earliest: ref, latest: addDays(ref, CARE_GUARANTEE_DAYS), fuzzy: false }, [
      { name: 'vardgaranti_90' },
    ]),
  ),
  rule('Period', 'nästa år', 'nästa|kommande år', (_t, { ref }) => periodOf('ar', relativePeriod(ref, 'ar', 1))),
  rule('Period', 'i år', 'i år', (_t, { ref }) => periodOf('ar', relativePeriod(ref, 'ar', 0))),
  rule('Period', 'början av nästa år', 'i? Part av|på|i? nästa år', (t, { ref }) =>
    periodOf('ar', relativePeriod(ref, 'ar', 1, t.of('Part'))),
  ),
  rule('Period', 'slutet av året', 'i? Part av|på? året', (t, { ref }) =>
    periodOf('ar', relativePeriod(ref, 'ar', 0, t.of('Part'))),
  ),
  rule('Period', '2027', 'år|under|nästa Number', (t, { ref }) =>
    t.of('Number') >= 2020 && t.of('Number') < 2100
      ? { kind: 'ar', window: (relation) => numberedPeriod(ref, 'ar', 1, { relation, year: t.of('Number') }) }
      : undefined,
  ),
];

/** A named day and a time of day. */
export const CLOCKED_PERIOD_RULES: readonly Rule[] = [
  rule('Period', 'fredag kl 14', 'Period ,? Clock', (t) => {
    const period = t.of('Period');
    return period.kind === 'datum' ? { ...period, clock: t.of('Clock') } : undefined;
  }),
];

function isYear(number: number): boolean {
  return number > 2000 && number < 2100;
}

function week(ref: Setting['ref'], number: number): Period {
  return {
    kind: 'vecka',
    window: (relation) => weekWindow(ref, number, { relation }),
    flags: weekWindow(ref, number) ? [] : [{ name: 'invalid_date' }],
  };
}

function weeks(ref: Setting['ref'], { min, max }: { min: number; max: number }): Period {
  return {
    kind: 'intervall',
    window: (relation) => {
      const first = weekWindow(ref, min, { relation });
      const last = weekWindow(ref, max, { relation });
      if (relation !== 'vid') return relation === 'fore' ? first : last;
      return (
        first && last && { ...first, ...(last.latest && { latest: last.latest }), fuzzy: first.fuzzy || last.fuzzy }
      );
    },
    flags: weekWindow(ref, min) && weekWindow(ref, max) ? [] : [{ name: 'invalid_date' }],
  };
}

function relativeWeeks(ref: Setting['ref'], ahead: number, part?: Part): Period {
  return periodOf('vecka', relativeWeek(ref, ahead, part));
}

function month(ref: Setting['ref'], number: number, part?: Part, year?: number): Period {
  const options = year === undefined ? {} : { year };
  return {
    kind: 'manad',
    window: (relation) => numberedPeriod(ref, 'manad', number, { relation, ...options, ...(part && { part }) }),
    ...(part && { whole: numberedPeriod(ref, 'manad', number, options) }),
  };
}

function months(ref: Setting['ref'], first: number, last: number): Period {
  return {
    kind: 'intervall',
    window: (relation) => {
      const from = numberedPeriod(ref, 'manad', first, { relation });
      const to = numberedPeriod(ref, 'manad', last, { relation });
      if (relation !== 'vid') return relation === 'fore' ? from : to;
      return { ...from, ...(to.latest && { latest: to.latest }) };
    },
  };
}

function numbered(ref: Setting['ref'], unit: 'kvartal' | 'halvar', number: number, most: number): Period | undefined {
  if (number < 1 || number > most) return undefined;
  return { kind: 'manad', window: (relation) => numberedPeriod(ref, unit, number, { relation }) };
}
