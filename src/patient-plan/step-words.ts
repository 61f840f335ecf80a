import type { PatientLanguage } from '../contracts/patient-page.ts';
import { isoWeekOf, type LocalDate } from '../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import { dateInWords, timeInWords } from '../patient-page/days.ts';
import type { PlanStep } from './plan.ts';
import { planWords } from './words.ts';

/** "Återbesök hos Elin Lind senast tisdag 3 mars": a step of the plan in a line, with nothing of why. */
export function stepInWords(step: PlanStep, language: PatientLanguage, nowMs: number): string {
  const words = planWords(language);
  const { type, meets } = step;
  return [words.types[type], meets !== null && words.with(meets), whenInWords(step, language, nowMs)]
    .filter(Boolean)
    .join(' ');
}

function whenInWords({ type, when }: PlanStep, language: PatientLanguage, nowMs: number): string | null {
  const words = planWords(language);
  switch (when.is) {
    case 'booked':
      return timeInWords(when.startsAt, language, nowMs);
    case 'done':
      return `– ${words.done}`;
    case 'week': {
      const { week, year } = isoWeekOf(when.day as LocalDate);
      const isThisYear = year === isoWeekOf(stockholmClockAt(nowMs).date).year;
      return words.week(week, isThisYear ? undefined : year);
    }
    case 'by':
      return words.by(dateInWords(when.day, language, nowMs));
    case 'from':
      return words.from(dateInWords(when.day, language, nowMs));
    case 'open':
      return type === 'brev' ? words.comes : null;
    default:
      return when satisfies never;
  }
}
