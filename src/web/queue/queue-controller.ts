import type { EventObject } from '../../contracts/booking-events.ts';
import type { ChangeEvent } from '../../contracts/notes-api-events.ts';
import { LettersClient } from '../booking/letters-client.ts';
import { PatientPageClient } from '../booking/patient-page-client.ts';
import { PrintClient } from '../booking/print-client.ts';
import { TimesClient } from '../booking/times-client.ts';
import { WishesClient } from '../booking/wishes-client.ts';
import { QuestionsClient } from '../notes/questions-client.ts';
import { Observable } from '../observable.ts';
import type { PageSession } from '../shell/session.ts';
import { startLiveHints } from './live-hints.ts';
import { followAddress } from './open-address.ts';
import { QueueClient } from './queue-client.ts';
import { QueueList } from './queue-list.ts';
import { QueueQuestions } from './queue-questions.ts';
import { FIRST_STATE, type QueueState } from './queue-state.ts';
import { readTabs } from './tabs.ts';
import { TaskActions } from './task-actions.ts';
import { TaskOpening } from './task-opening.ts';

/** Changes of these can change what a patient knows. */
const TELLS_OF_LETTERS: ReadonlySet<EventObject> = new Set(['appointment', 'letter', 'letter_delivery']);

/** Whether a letter came to lie in the pile to print, or does no more. */
function changesPile({ object, state, fromState }: ChangeEvent): boolean {
  return object === 'letter_delivery' && (state === 'ready' || fromState === 'ready');
}

/** What the page's parts act through. */
export interface QueueController {
  readonly state: Observable<QueueState>;
  readonly list: QueueList;
  readonly opening: TaskOpening;
  readonly actions: TaskActions;
  readonly questions: QueueQuestions;
  readonly times: TimesClient;
  readonly letters: LettersClient;
  readonly prints: PrintClient;
  readonly patientPage: PatientPageClient;
  readonly wishes: WishesClient;
}

/** Begins to show the queue to whoever is signed in. */
export function openQueue({ staff, csrfToken }: PageSession): QueueController {
  const state = new Observable<QueueState>({ ...FIRST_STATE, staffId: staff.id, tabs: readTabs() });
  const client = new QueueClient(csrfToken);
  const list = new QueueList(client, state);
  const opening = new TaskOpening(client, state, list);
  const actions = new TaskActions(client, state, list);
  addEventListener('pagehide', () => void actions.commit({ isLeaving: true }));
  const [times, patientPage] = [new TimesClient(csrfToken), new PatientPageClient(csrfToken)];
  const [letters, prints, wishes] = [
    new LettersClient(csrfToken),
    new PrintClient(csrfToken),
    new WishesClient(csrfToken),
  ];
  const questions = new QueueQuestions(new QuestionsClient(csrfToken), state);
  const refreshBeside = () => {
    void questions.refresh();
    void client.leftNotes().then(
      (leftNotes) => state.change({ leftNotes }),
      // The list says when the server does not answer.
      () => undefined,
    );
  };
  startLiveHints(
    (changed) => {
      const has = (...objects: readonly EventObject[]) =>
        !changed || changed.some(({ object }) => objects.includes(object));
      if (has('task', 'question')) void list.refresh().then(() => opening.follow());
      if (has('question', 'note')) refreshBeside();
      if (!changed || changed.some(changesPile)) prints.tellChanged();
      // What is of other patients is not looked at: each look is a line in somebody's log.
      const { chainId } = state.get().open?.detail ?? {};
      const shown = changed?.filter((one) => one.chainId !== null && one.chainId === chainId);
      if (shown?.some(({ object }) => object === 'appointment')) {
        times.tellChanged();
        void opening.fetch();
      }
      if (!shown || shown.some(({ object }) => TELLS_OF_LETTERS.has(object))) letters.tellChanged();
    },
    ['task', 'question', 'note', ...TELLS_OF_LETTERS],
  );
  refreshBeside();
  void list.show({}).then(() => followAddress(state, opening));
  void client.choices().then(
    ({ roles }) => state.change({ roles }),
    // The filter is then without competences.
    () => undefined,
  );
  return { state, list, opening, actions, questions, letters, prints, times, patientPage, wishes };
}
