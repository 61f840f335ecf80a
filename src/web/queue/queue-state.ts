import type { LeftNote } from '../../contracts/notes-api.ts';
import type { QuestionLine } from '../../contracts/notes-api-questions.ts';
import type { QueueTask, TaskDetail, TaskFilter, TaskPatient } from '../../contracts/queue-api.ts';
import type { QueueTab } from './tabs.ts';

/** What the page shows. */
export interface QueueState {
  readonly phase: 'loading' | 'ready' | 'failed';
  /** The code of why the list could not be fetched. */
  readonly failure: string | undefined;
  /** Whether what is shown may be old, because the server does not answer. */
  readonly isOffline: boolean;
  /** Of the clinic's calendar; YYYY-MM-DD. */
  readonly today: string;
  readonly staffId: string;
  readonly filter: TaskFilter;
  readonly tabs: readonly QueueTab[];
  /** Of the tabs, in their order; empty until they are known. */
  readonly counts: readonly number[];
  /** How many the filter lets through; undefined until it is known. */
  readonly total: number | undefined;
  /** A count above it means "more than". */
  readonly mostCounted: number;
  readonly roles: readonly string[];
  /** As far as they are loaded. */
  readonly tasks: readonly QueueTask[];
  readonly hasMore: boolean;
  /** Those that the filter no longer lets through; they stay where they are until the list is shown anew. */
  readonly leftIds: ReadonlySet<string>;
  /** Those that came and are not shown yet. */
  readonly newIds: ReadonlySet<string>;
  /** Whether so much changed that it was not told one by one. */
  readonly isStale: boolean;
  readonly isGrouped: boolean;
  readonly activeId: string | undefined;
  readonly selectedIds: ReadonlySet<string>;
  readonly open: OpenTask | undefined;
  readonly undoable: Undoable | undefined;
  /** Those to the reader, the oldest first. */
  readonly questions: readonly QuestionLine[];
  /** Notes that nobody has signed in time, the oldest first. */
  readonly leftNotes: readonly LeftNote[];
  /** The one that is being answered, and why its answer was not taken. */
  readonly answering: QuestionLine | undefined;
  readonly answerFailure: string | undefined;
  /** What was done or went wrong, in a sentence. */
  readonly notice: string;
}

export interface OpenTask {
  readonly id: string;
  readonly detail: TaskDetail | undefined;
  /** In full, once it was asked for. */
  readonly patient: TaskPatient | undefined;
  readonly failure: string | undefined;
}

/** What the bar at the bottom offers to take back. */
export interface Undoable {
  readonly kind: 'claim' | 'release' | 'wait' | 'ask' | 'cancel';
  readonly taskIds: readonly string[];
}

export const FIRST_STATE: QueueState = {
  phase: 'loading',
  failure: undefined,
  isOffline: false,
  today: '1970-01-01',
  staffId: '',
  filter: {},
  tabs: [],
  counts: [],
  total: undefined,
  mostCounted: 0,
  roles: [],
  tasks: [],
  hasMore: false,
  leftIds: new Set(),
  newIds: new Set(),
  isStale: false,
  isGrouped: false,
  activeId: undefined,
  selectedIds: new Set(),
  open: undefined,
  undoable: undefined,
  questions: [],
  leftNotes: [],
  answering: undefined,
  answerFailure: undefined,
  notice: '',
};
