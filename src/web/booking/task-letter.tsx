import { useEffect, useState } from 'react';
import type { LetterPreview } from '../../contracts/letter-api.ts';
import { LETTER_FAILURES, OTHER_LETTER_FAILURE, LETTER_MESSAGES as words } from '../messages/letter.sv.ts';
import { PageError } from '../page-error.ts';
import { letterOf, paperOf } from './letter-client.ts';
import { LetterSheet } from './letter-sheet.tsx';

type Shown = { readonly preview: LetterPreview } | { readonly failure: string } | undefined;

/** The letter of a task whose times are booked: looked through beside the clinician's words, and printed. */
export function TaskLetter({ taskId }: { readonly taskId: string }) {
  const [isOpen, setOpen] = useState(false);
  const [hasLargePrint, setLargePrint] = useState(false);
  return (
    <section className="task-letter">
      <h3>{words.heading}</h3>
      <div className="letter-actions">
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.hide : words.show}
        </button>
        <a href={paperOf(taskId, hasLargePrint)} target="_blank" rel="noreferrer">
          {words.print}
        </a>
        <label>
          <input type="checkbox" checked={hasLargePrint} onChange={(event) => setLargePrint(event.target.checked)} />{' '}
          {words.largePrint}
        </label>
      </div>
      {isOpen && <Preview taskId={taskId} hasLargePrint={hasLargePrint} />}
    </section>
  );
}

function Preview({ taskId, hasLargePrint }: { readonly taskId: string; readonly hasLargePrint: boolean }) {
  const [shown, setShown] = useState<Shown>();
  const [attempt, setAttempt] = useState(1);

  useEffect(() => {
    let isWanted = attempt > 0;
    const show = (next: Shown) => isWanted && setShown(next);
    letterOf(taskId, hasLargePrint).then(
      (preview) => show({ preview }),
      (error: unknown) => show({ failure: PageError.from(error).code }),
    );
    return () => {
      isWanted = false;
    };
  }, [taskId, hasLargePrint, attempt]);

  if (shown === undefined) return <p role="status">{words.loading}</p>;
  if ('failure' in shown) {
    return (
      <div className="failure" role="alert">
        <p>{LETTER_FAILURES[shown.failure] ?? OTHER_LETTER_FAILURE}</p>
        <button type="button" onClick={() => setAttempt(attempt + 1)}>
          {words.again}
        </button>
      </div>
    );
  }
  const { letter, preparations } = shown.preview;
  return (
    <>
      {preparations.length > 0 && <WrittenOut preparations={preparations} />}
      <LetterSheet letter={letter} />
    </>
  );
}

/** What was said beside what the patient reads, since short forms were written out by a table. */
function WrittenOut({ preparations }: Pick<LetterPreview, 'preparations'>) {
  return (
    <table className="written-out">
      <caption>{words.checkHeading}</caption>
      <thead>
        <tr>
          <th scope="col">{words.original}</th>
          <th scope="col">{words.plain}</th>
        </tr>
      </thead>
      <tbody>
        {preparations.map(({ original, plain }) => (
          <tr key={original}>
            <td>{original}</td>
            <td>{plain}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
