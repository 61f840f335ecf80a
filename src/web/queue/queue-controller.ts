import { LettersClient } from '../booking/letters-client.ts';
import { PatientPageClient } from '../booking/patient-page-client.ts';
import { TimesClient } from '../booking/times-client.ts';
import { QuestionsClient } from '../notes/questions-client.ts';
import { Observable } from '../observable.ts';
import type { PageSession } from '../shell/session.ts';
import { startLiveHints } from './live-hints.ts';
import { QueueClient } from './queue-client.ts';
import { QueueList } from './queue-list.ts';
import { QueueQuestions } from './queue-questions.ts';
import { FIRST_STATE, type QueueState } from './queue-state.ts';
import { readTabs } from './tabs.ts';
import { TaskActions } from './task-actions.ts';
import { TaskOpening } from './task-opening.ts';

/** Changes of these can change what a patient knows. */
const LETTER_OBJECTS = ['letter', 'letter_delivery'] as const;

/** What the page's parts act through. */
export interface QueueController {
  readonly state: Observable<QueueState>;
  readonly list: QueueList;
  readonly opening: TaskOpening;
  readonly actions: TaskActions;
  readonly questions: QueueQuestions;
  readonly times: TimesClient;
  readonly letters: LettersClient;
  readonly patientPage: PatientPageClient;
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
  const letters = new LettersClient(csrfToken);
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
      const isListChanged = !changed || changed.has('task') || changed.has('question');
      if (isListChanged) void list.refresh().then(() => opening.follow());
      if (!changed || changed.has('question') || changed.has('note')) refreshBeside();
      // Those of other patients are not looked at: each look is a line in somebody's log.
      const isShownTimeChanged = times.shows(changed?.get('appointment'));
      if (isShownTimeChanged) {
        times.tellChanged();
        void opening.fetch();
      }
      if (!changed || isShownTimeChanged || LETTER_OBJECTS.some((object) => changed.has(object))) letters.tellChanged();
    },
    ['task', 'question', 'note', 'appointment', ...LETTER_OBJECTS],
  );
  refreshBeside();
  void list.show({});
  void client.choices().then(
    ({ roles }) => state.change({ roles }),
    // The filter is then without competences.
    () => undefined,
  );
  return { state, list, opening, actions, questions, letters, times, patientPage };
}
