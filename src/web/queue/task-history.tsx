import type { TaskDetail } from '../../contracts/queue-api.ts';
import { moveInWords, QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import { sayInstant } from './say-when.ts';

/** What was asked about the task, and answered. */
export function TaskQuestions({ detail: { questions }, today }: { detail: TaskDetail; today: string }) {
  if (questions.length === 0) return null;
  return (
    <section>
      <h3>{words.questionsHeading}</h3>
      <ul className="questions">
        {questions.map(({ id, state, askedBy, askedAt, to, text, answer, answeredBy, answeredAt }) => (
          <li key={id}>
            <p className="hint">
              {words.askedOf(askedBy, to)} {sayInstant(askedAt, today)}
            </p>
            <p>{text}</p>
            {state === 'answered' && answeredBy !== null && answeredAt ? (
              <>
                <p className="hint">
                  {words.answerOf(answeredBy)} {sayInstant(answeredAt, today)}
                </p>
                <p className="answer">{answer}</p>
              </>
            ) : (
              <p className="hint">{state === 'withdrawn' ? words.questionWithdrawn : words.noAnswer}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who did what, the newest first. */
export function TaskHistory({ detail: { history }, today }: { detail: TaskDetail; today: string }) {
  return (
    <section>
      <h3>{words.historyHeading}</h3>
      <ol className="history">
        {history.map(({ id, at, state, fromState, by }) => (
          <li key={id}>
            <span>{moveInWords(fromState, state)}</span>
            <span className="second">
              {by ?? words.system}, {sayInstant(at, today)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
