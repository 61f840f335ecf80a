import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import type { Storage } from '../storage/storage.ts';
import type { TakenJob } from './backends/backend.ts';

/** The clinic's calendar, as far as the queue must know it; days are YYYY-MM-DD. */
export interface ClinicCalendar {
  now(): Date;
  /** Of the clinic's own time zone. */
  today(): string;
  /** So many working days after a day; negative is before. */
  addWorkingDays(day: string, workingDays: number): string;
  /** When the clinic begins to work on a day. */
  morningOf(day: string): Date;
}

/** Runs work in a transaction of the job's own. */
export type InTransaction = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>) => Promise<Result>;

/** What jobs are done with. */
export interface ClinicWorld {
  readonly storage: Pick<Storage, 'withAudit' | 'transaction'>;
  readonly calendar: ClinicCalendar;
  /** Reminds of notes that nobody signs, and passes on what is left too long: the notes' own affair. */
  readonly remindOfNotes: (now: Date) => Promise<unknown>;
  /** Offers a time that became free to the next patient who wants one as early. */
  readonly offerFreedTime: (inTransaction: InTransaction, freedTimeId: string) => Promise<unknown>;
  /** Finds the earliest times of tasks anew where the calendar or the task changed. */
  readonly refreshFits: (inTransaction: InTransaction, now: Date) => Promise<unknown>;
}

/** Of a job: its name in the log of accesses, and which start of it this is. */
export type JobStart = Pick<TakenJob, 'id' | 'start'>;
