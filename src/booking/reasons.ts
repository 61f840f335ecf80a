import type { Wish } from '../contracts/calendar.ts';
import { withSwedishLetters } from '../contracts/follow-up-words.ts';
import { daysBetween, type LocalDate, weekdayOf } from '../followup/calendar/local-date.ts';
import { sayDate, sayDay, sayDuration, sayNumber, sayWeekday } from '../followup/calendar/say.ts';
import { dayKind, workingDaysBetween } from '../followup/calendar/swedish-days.ts';
import type { Candidate } from './candidates.ts';
import { linkedDays } from './links.ts';
import type { Placement } from './placing.ts';
import type { PlacedVisit } from './visit-need.ts';
import { wishesIn } from './wishes.ts';

const SHORT_NOTICE_WORKING_DAYS = 5;
const DAYS_PER_WEEK = 7;
const languageNames = new Intl.DisplayNames(['sv'], { type: 'language' });

/** A wish that is given up, and what that means in words that staff read. */
export interface GivenUp {
  readonly wish: Wish;
  readonly words: string;
}

/** Why these times: Swedish words, the weightiest first. Of a series those of the first visit, and how it goes on. */
export function reasonsFor(placement: Placement, today: LocalDate): string[] {
  const { visits } = placement;
  const first = Math.min(...visits.map(({ fit }) => fit.need.occasion ?? 1));
  const told = visits.filter(({ fit }) => (fit.need.occasion ?? 1) === first);
  return [...new Set(told.flatMap((visit) => visitReasons(visit, placement, today))), ...seriesWords(visits)];
}

/** "Tre månader mellan besöken, ± två dagar". */
function seriesWords(visits: readonly Candidate[]): string[] {
  const roots = visits.filter(({ fit: { need } }) => need.interval !== undefined && need.aim !== null);
  const interval = roots[0]?.fit.need.interval;
  if (roots.length < 2 || interval === undefined) return [];
  const [, ...later] = roots;
  const farthest = Math.max(...later.map(({ date, fit }) => Math.abs(daysBetween(date, fit.need.aim!.from))));
  const off = farthest === 0 ? '' : `, ± ${lengthWords(farthest)}`;
  return [`${capital(sayDuration(interval))} mellan besöken${off}`];
}

/** What is given up with these times; empty where everything is fulfilled. */
export function givenUpBy(placement: Placement, today: LocalDate): GivenUp[] {
  return wishesIn(placement.givesUp).map((wish) => ({ wish, words: givenUpWords(wish, placement, today) }));
}

function visitReasons(visit: Candidate, { at }: Placement, today: LocalDate): string[] {
  const { need } = visit.fit;
  const linked = need.links.flatMap(({ to, kind, offset }) => {
    const other = at.get(to);
    return other === undefined || (offset === null && kind !== 'same_day') ? [] : [distanceWords(visit, other)];
  });
  return [
    ...linked.map((words) => `${visit.fit.visitType.name} ${words}`),
    ...(linked.length === 0 ? targetWords(visit, today) : []),
    ...personWords(visit),
    ...wishWords(visit),
    ...interpreterWords(visit),
    ...dayWords(visit.date),
    ...(workingDaysBetween(today, visit.date) < SHORT_NOTICE_WORKING_DAYS ? ['Kort varsel: ring patienten'] : []),
  ];
}

/** "sju dagar före besöket", "samma dag". */
function distanceWords(visit: PlacedVisit, other: PlacedVisit): string {
  const days = daysBetween(visit.date, other.date);
  if (days === 0) return 'samma dag';
  return `${lengthWords(Math.abs(days))} ${days > 0 ? 'före' : 'efter'}`;
}

/** Whole weeks as weeks. */
function lengthWords(days: number): string {
  if (days % DAYS_PER_WEEK === 0) {
    const weeks = days / DAYS_PER_WEEK;
    return `${sayNumber(weeks)} ${weeks === 1 ? 'vecka' : 'veckor'}`;
  }
  return `${sayNumber(days)} ${days === 1 ? 'dag' : 'dagar'}`;
}

/** How near the day lies to what was ordained, and how much is left to måldatum. */
function targetWords({ fit, date }: Candidate, today: LocalDate): string[] {
  const { aim, latest } = fit.need;
  if (latest !== null && date <= latest) {
    const isPoint = aim !== null && aim.from === aim.to;
    if (isPoint && aim.to === latest) return [beforeTarget(date, latest, today)];
    return [...(isPoint ? [nearAim(date, aim.to, today)] : []), beforeTarget(date, latest, today)];
  }
  if (latest !== null) return [];
  if (aim === null) return ['Första lediga tiden'];
  if (aim.from <= date && date <= aim.to) return ['I den tid som ordinerats'];
  return aim.from === aim.to ? [nearAim(date, aim.to, today)] : [];
}

function beforeTarget(date: LocalDate, latest: LocalDate, today: LocalDate): string {
  const last = sayDate(latest, today);
  if (date === latest) return `På måldatum, ${last}`;
  const days = workingDaysBetween(date, latest);
  // The day itself is counted: one is left where måldatum is the next working day, or free.
  if (days <= 1 && dayKind(latest).free) return `Sista arbetsdagen före måldatum ${last}`;
  return `${days === 1 ? 'En arbetsdag' : `${capital(sayNumber(days))} arbetsdagar`} före måldatum ${last}`;
}

function nearAim(date: LocalDate, aim: LocalDate, today: LocalDate): string {
  if (date === aim) return `På den dag som ordinerats, ${sayDate(aim, today)}`;
  const words = lengthWords(Math.abs(daysBetween(date, aim)));
  return `${capital(words)} ${date < aim ? 'före' : 'efter'} den dag som ordinerats, ${sayDate(aim, today)}`;
}

function personWords({ fit, performer }: Candidate): string[] {
  const { staffId, lastMetStaffId } = fit.need;
  if (staffId !== null && performer.staffId === staffId) return [`Hos ${performer.name}, som ordinerats`];
  if (lastMetStaffId !== null && performer.staffId === lastMetStaffId)
    return [`${performer.name} har träffat patienten förut`];
  return [];
}

function wishWords({ fit, date, givesUp }: Candidate): string[] {
  const { daypart, weekdays, not_weekdays: unwanted } = fit.need.wishes;
  const missed = new Set(wishesIn(givesUp));
  return [
    ...(daypart !== undefined && !missed.has('daypart')
      ? [`${daypart === 'formiddag' ? 'Förmiddag' : 'Eftermiddag'}, som patienten önskar`]
      : []),
    ...((weekdays ?? unwanted) !== undefined && !missed.has('weekday')
      ? [`${capital(sayWeekday(weekdayOf(date)))} passar patienten`]
      : []),
  ];
}

function interpreterWords({ fit, givesUp }: Candidate): string[] {
  const { interpreterLanguage: language } = fit.need;
  if (language === null || wishesIn(givesUp).includes('interpreter')) return [];
  return [
    fit.interpreters.length > 0
      ? `Tolk i ${languageName(language)} är ledig`
      : `Tolk i ${languageName(language)} beställs`,
  ];
}

function dayWords(date: LocalDate): string[] {
  const { kind, name } = dayKind(date);
  if (kind === 'klamdag') return ['Klämdag'];
  return kind === 'halvdag' && name !== undefined ? [capital(name)] : [];
}

function givenUpWords(wish: Wish, { visits, at }: Placement, today: LocalDate): string {
  const visit = visits.find(({ givesUp }) => wishesIn(givesUp).includes(wish)) ?? visits[0]!;
  const { need, visitType } = visit.fit;
  switch (wish) {
    case 'daypart':
      return need.wishes.daypart === 'formiddag'
        ? 'Eftermiddag i stället för förmiddag'
        : 'Förmiddag i stället för eftermiddag';
    case 'weekday':
      return `${capital(sayWeekday(weekdayOf(visit.date)))}, som patienten inte önskar`;
    case 'clock':
      return `Annan tid än kl. ${need.clock?.replace(':', '.')}`;
    case 'lent':
      return 'Tiden är utlånad till webbtidboken';
    case 'dates':
      return `${capital(sayDay(visit.date, today))}, då patienten inte kan`;
    case 'offset':
      return offsetWords(visits, at, today);
    case 'same_day':
      return 'Inte samma dag';
    case 'early':
      return `Tidigare än ordinerat, ${sayDate(visit.date, today)}`;
    case 'interpreter':
      return `Ingen tolk i ${languageName(need.interpreterLanguage ?? '')} är ledig då`;
    case 'person':
      return `${visit.performer.name} i stället för den som ordinerats${roleWords(visit)}`;
    case 'late':
      if ((need.occasion ?? 1) > 1) return `${visitType.name} senare än serien anger, ${sayDate(visit.date, today)}`;
      return `${visitType.name} efter måldatum ${need.latest === null ? '' : sayDate(need.latest, today)}: fråga den som ordinerat`;
    default:
      throw wish satisfies never;
  }
}

function offsetWords(visits: readonly Candidate[], at: Placement['at'], today: LocalDate): string {
  for (const visit of visits) {
    for (const link of visit.fit.need.links) {
      const other = at.get(link.to);
      if (other === undefined || link.offset === null) continue;
      const { wanted, kept } = linkedDays(link, other.date);
      if (kept.from <= visit.date && visit.date <= kept.to) continue;
      const meant = lengthWords(Math.abs(daysBetween(wanted, other.date)));
      return `${visit.fit.visitType.name} ${distanceWords(visit, other)} i stället för ${meant}, ${sayDate(visit.date, today)}`;
    }
  }
  return 'Annat avstånd mellan besöken';
}

function roleWords({ performer }: Candidate): string {
  return performer.role === null ? '' : ` (${withSwedishLetters(performer.role)})`;
}

function languageName(language: string): string {
  return /^[a-z]{2,3}$/.test(language) ? (languageNames.of(language) ?? language) : language;
}

function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase('sv') + words.slice(1);
}
