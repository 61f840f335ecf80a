import type { TaskState } from '../../contracts/booking.ts';
import type { FollowUpRequest, RequestType, TimeKind } from '../../contracts/followup.ts';
import type { Route } from '../../contracts/followup-flags.ts';
import { dayFrom } from './demo-days.ts';

/** One follow-up of a made-up note: the words that stand in it, and what they ask for. */
export interface DemoFollowUp {
  readonly words: string;
  readonly fields: FollowUpRequest;
  readonly route: Route;
  /** `ask` leaves an open question. Undecided when absent. */
  readonly decide?: 'confirmed' | 'changed' | 'nothing' | 'not_follow_up' | 'ask';
  /** How far its task has come. */
  readonly task?: TaskState;
}

export interface DemoNote {
  /** The patient's family name. */
  readonly patient: string;
  /** The author's user name. */
  readonly author: string;
  /** Of the day it was written, before today. */
  readonly daysAgo: number;
  readonly assessment: string;
  readonly plan: string;
  readonly followUps: readonly DemoFollowUp[];
  /** What has become of it; a draft when absent. */
  readonly end?: 'signed' | 'amending' | 'discarded';
  /** User name. */
  readonly deputy?: string;
}

/** A request whose måldatum lies some days from today; null for none. */
export function asked(
  today: string,
  id: string,
  type: RequestType,
  words: { expr: string; kind: TimeKind; targetInDays: number | null },
  more: Partial<FollowUpRequest> = {},
): FollowUpRequest {
  const { expr, kind, targetInDays } = words;
  const target = targetInDays === null ? {} : { mal_datum: dayFrom(today, targetInDays) };
  return { id, type, ...more, time: { kind, expr, ...target } };
}
