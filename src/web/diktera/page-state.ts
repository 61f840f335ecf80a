import type { LiveStatus } from '../live/live-events.ts';
import type { Microphone } from './microphones.ts';
import { FIRST_SETTINGS, type OwnSettings } from './own-settings.ts';
import { type Phase, type Status, statusOf } from './status.ts';

/** What the page shows beside the note itself. */
export interface PageState {
  readonly phase: Phase;
  readonly status: Status;
  /** The code of what is wrong, until something goes right. */
  readonly failure: string | undefined;
  /** What the server says is wrong with the session, for as long as it is. */
  readonly liveFailure: string | undefined;
  /** What the browser does not keep, told once. */
  readonly storageFailure: string | undefined;
  /** Whether the page has stopped trying by itself. */
  readonly canRetry: boolean;
  /** Something that was done, in a few words. */
  readonly notice: string;
  /** What was written last, for those who listen to the page instead of looking at it. */
  readonly announcements: readonly Announcement[];
  readonly microphones: readonly Microphone[];
  /** Empty for the browser's own choice. */
  readonly microphoneId: string;
  readonly canAddDevice: boolean;
  readonly deviceCount: number;
  readonly canUndo: boolean;
  readonly isEmpty: boolean;
  readonly settings: OwnSettings;
}

export interface Announcement {
  readonly id: number;
  readonly text: string;
}

export const FIRST_STATE: PageState = {
  phase: 'loading',
  status: { word: 'loading', seconds: 0 },
  failure: undefined,
  liveFailure: undefined,
  storageFailure: undefined,
  canRetry: false,
  notice: '',
  announcements: [],
  microphones: [],
  microphoneId: '',
  canAddDevice: false,
  deviceCount: 0,
  canUndo: false,
  isEmpty: true,
  settings: FIRST_SETTINGS,
};

/** What the line's status changes of what is shown; undefined for nothing. */
export function statusChange(
  { phase, status: before, liveFailure: failureBefore }: PageState,
  live: LiveStatus,
): Partial<PageState> | undefined {
  const status = statusOf(phase, live, before.word);
  const isSame = status.word === before.word && Math.round(status.seconds) === Math.round(before.seconds);
  const liveFailure = live.errorCode;
  if (isSame && liveFailure === failureBefore) return undefined;
  return { status, liveFailure, canRetry: live.connection === 'failed' };
}
