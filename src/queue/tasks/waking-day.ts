/** What waits for an event comes back this long before its måldatum, whether the event came or not. */
const WAKE_BEFORE_TARGET_WORKING_DAYS = 10;
/** And after this long where it has none: what nobody looks at again would be forgotten. */
const WAKE_ANYWAY_AFTER_WORKING_DAYS = 20;

/** The clinic's days as far as waiting goes by them; days are YYYY-MM-DD. */
interface WaitingDays {
  readonly today: string;
  /** So many working days after a day; negative is before. */
  readonly addWorkingDays: (day: string, workingDays: number) => string;
}

/** The day on which a task comes back that waits for an event; the next working day at the soonest. */
export function wakingDay({ today, addWorkingDays }: WaitingDays, targetDate: string | null): string {
  const day =
    targetDate === null
      ? addWorkingDays(today, WAKE_ANYWAY_AFTER_WORKING_DAYS)
      : addWorkingDays(targetDate, -WAKE_BEFORE_TARGET_WORKING_DAYS);
  return day > today ? day : addWorkingDays(today, 1);
}
