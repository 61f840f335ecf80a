import { type FormEvent, useId, useState } from 'react';
import type { AnswerOutcome, QuestionAnswer, QuestionLine } from '../../contracts/notes-api-questions.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { NOTE_MENU_MESSAGES as words } from '../messages/note-menu.sv.ts';
import { sayDay } from '../queue/say-when.ts';

interface Props {
  readonly question: QuestionLine;
  /** Whether the answer can decide something, too. */
  readonly mayDecide: boolean;
  readonly onAnswer: (answer: QuestionAnswer) => void;
}

const OUTCOMES = ['open', 'confirmed', 'new_target', 'nothing'] as const;
type Outcome = (typeof OUTCOMES)[number];

/** The answer; with what becomes of the follow-up, or another måldatum for the task. */
export function AnswerForm({ question: { followUpId, targetDate }, mayDecide, onAnswer }: Props) {
  const [problem, setProblem] = useState<string>();
  const [outcome, setOutcome] = useState<Outcome>('open');
  const textId = useId();
  const isAboutCard = followUpId !== null;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const answer = String(given.get('answer')).trim();
    const day = String(given.get('target') ?? '');
    if (answer === '') return setProblem(words.answerMissing);
    if (outcome === 'new_target' && day === '') return setProblem(words.targetMissing);
    const decided = outcomeOf(isAboutCard || day === '' ? outcome : 'new_target', day);
    onAnswer({ answer, ...(decided && { outcome: decided }) });
  };
  return (
    <form className="card-form" noValidate onSubmit={send}>
      <label htmlFor={textId}>{words.answer}</label>
      <textarea id={textId} name="answer" rows={3} maxLength={4000} lang="sv" />
      {mayDecide && isAboutCard && (
        <fieldset>
          <legend>{words.outcome}</legend>
          {OUTCOMES.map((each) => (
            <label key={each} className="person">
              <input
                type="radio"
                name="outcome"
                value={each}
                checked={each === outcome}
                onChange={() => setOutcome(each)}
              />
              <span>{words.outcomes[each]}</span>
            </label>
          ))}
        </fieldset>
      )}
      {mayDecide && (!isAboutCard || outcome === 'new_target') && (
        <TargetField label={isAboutCard ? words.newTarget : words.newTargetForTask} now={targetDate} />
      )}
      <p className="problem" role="alert">
        {problem}
      </p>
      <div className="card-actions">
        <button type="submit" className="primary">
          {words.sendAnswer}
        </button>
      </div>
    </form>
  );
}

/** A day from today on, beside the one that holds. `now` is YYYY-MM-DD. */
function TargetField({ label, now }: { label: string; now: string | null }) {
  const id = useId();
  const today = stockholmClockAt(Date.now()).date;
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input id={id} name="target" type="date" min={today} aria-describedby={`${id}-now`} />
      <span className="hint" id={`${id}-now`}>
        {now === null ? words.noTargetNow : words.targetNow(sayDay(now, today))}
      </span>
    </>
  );
}

function outcomeOf(outcome: Outcome, targetDate: string): AnswerOutcome | undefined {
  switch (outcome) {
    case 'open':
      return undefined;
    case 'new_target':
      return { decision: outcome, targetDate };
    case 'confirmed':
    case 'nothing':
      return { decision: outcome };
    default:
      return outcome satisfies never;
  }
}
