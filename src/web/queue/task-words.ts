import { TYPE_WORDS } from '../../contracts/follow-up-words.ts';
import { FollowUpTime } from '../../contracts/followup.ts';
import type { ChainLink, QueueTask, RequestDetail } from '../../contracts/queue-api.ts';
import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import { languageInWords, minutesInWords, NO, nameInWords, partInWords, YES } from '../messages/queue-fields.sv.ts';
import { daysFromTo, sayDay, sayDayAndDistance, sayDistance } from './say-when.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;

/** "Provtagning: HbA1c", "Röntgen: knä". */
export function whatInWords({ type, service, analyses }: Pick<ChainLink, 'type' | 'service' | 'analyses'>): string {
  const more = [...(service === null ? [] : [service]), ...analyses].join(', ');
  return more === '' ? TYPE_WORDS[type] : `${TYPE_WORDS[type]}: ${more}`;
}

/** "läkare, Lind". */
export function whoInWords({ role, practitioner }: Pick<QueueTask, 'role' | 'practitioner'>): string {
  const parts = [role === null ? '' : nameInWords(role), practitioner === null ? '' : nameInWords(practitioner)];
  return parts.filter((part) => part !== '').join(', ');
}

/** "fre 24 april", or "1 april–5 maj" where there is a first day too. */
export function whenInWords({ earliestDate, targetDate }: QueueTask, today: string): string {
  if (targetDate === null) return earliestDate === null ? '' : words.earliest(sayDay(earliestDate, today));
  if (earliestDate === null || earliestDate === targetDate || earliestDate <= today) return sayDay(targetDate, today);
  return `${sayDay(earliestDate, today)} – ${sayDay(targetDate, today)}`;
}

export function needsInWords({ interpreterLanguage, needs, hasTests, isSameDay }: QueueTask): string[] {
  const others = needs.filter((need) => !need.startsWith('tolk')).map(nameInWords);
  return [
    ...(interpreterLanguage === null ? [] : [words.interpreter(languageInWords(interpreterLanguage))]),
    ...(hasTests ? [words.tests] : []),
    ...(isSameDay ? [words.sameDay] : []),
    ...others,
  ];
}

/** "3 dagars marginal", or "2 dagar kvar" counted from today; of a task without måldatum its age. */
export function riskInWords(task: QueueTask, today: string): string {
  const { slackWorkingDays, targetDate, createdDay, earliestFit } = task;
  if (targetDate === null || slackWorkingDays === null) return words.age(daysFromTo(createdDay, today));
  if (earliestFit !== null) {
    if (targetDate < today) return words.targetPassed;
    if (earliestFit.date === null) return words.noFit;
    return slackWorkingDays < 0 ? words.noFitBefore : words.margin(slackWorkingDays);
  }
  if (targetDate === today) return words.targetToday;
  // Only days on which nobody works lie between.
  if (slackWorkingDays === 0) return targetDate > today ? words.targetNext : words.targetPassed;
  return slackWorkingDays > 0 ? words.daysLeft(slackWorkingDays) : words.daysLate(-slackWorkingDays);
}

/** What the order rests on, in a sentence without its full stop. */
export function slackInWords({ slackWorkingDays, targetDate, earliestFit }: QueueTask, today: string): string {
  if (targetDate === null || slackWorkingDays === null) return words.noTarget;
  if (earliestFit === null) return words.slackLong(slackWorkingDays);
  if (earliestFit.date === null) return words.noFitLong;
  const day = sayDay(earliestFit.date, today);
  return slackWorkingDays < 0 ? words.lateFitLong(day) : words.fitLong(day, slackWorkingDays);
}

/** A field of the request as staff read it. Its parts are told where no form of its own is known. */
export function detailInWords({ field, value }: RequestDetail, today: string): string {
  if (field === 'time') {
    const { data } = FollowUpTime.safeParse(value);
    if (data) return timeInWords(data, today);
  }
  if (field === 'duration_min' && typeof value === 'number') return minutesInWords(value);
  return valueInWords(value, today);
}

function timeInWords({ expr, target, mal_datum: targetDate }: FollowUpTime, today: string): string {
  const day = target ?? targetDate;
  if (day === undefined) return words.whenWords(expr);
  const isAsSaid = expr.toLowerCase().includes(sayDistance(day, today));
  return `${words.whenWords(expr)}, ${isAsSaid ? sayDay(day, today) : sayDayAndDistance(day, today)}`;
}

function valueInWords(value: unknown, today: string): string {
  if (typeof value === 'boolean') return value ? YES : NO;
  if (typeof value === 'string') return DAY.test(value) ? sayDay(value, today) : nameInWords(value);
  if (Array.isArray(value)) return value.map((one) => valueInWords(one, today)).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, part]) => partInWords(name, valueInWords(part, today)))
    .join(', ');
}
