import type { LocalDate } from '../../followup/calendar/local-date.ts';
import type { MarkSource } from './marks.ts';
import type { Rows } from './rows.ts';

/** What each way of drawing the calendar is given. */
export interface GridViewProps {
  readonly rows: Rows;
  readonly marks: MarkSource;
  readonly today: LocalDate;
  readonly nowMs: number;
  readonly label: string;
  readonly isBusy: boolean;
  /** Shows the week of a resource. */
  readonly onResource: (resourceId: string) => void;
}
