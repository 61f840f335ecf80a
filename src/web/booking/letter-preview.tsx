import { useCallback } from 'react';
import type { LetterPreview as Preview } from '../../contracts/letter-api.ts';
import { letterFailure, LETTER_MESSAGES as words } from '../messages/letter.sv.ts';
import { useLoaded } from '../shell/use-loaded.ts';
import { LetterSheet } from './letter-sheet.tsx';
import { type LettersClient, paperOf, type WantedLetter } from './letters-client.ts';

interface LetterPreviewProps {
  readonly client: LettersClient;
  readonly wanted: WantedLetter;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onLargePrint: (hasLargePrint: boolean) => void;
}

/** A letter as it would go out now: on the page beside the clinician's words, and on paper. */
export function LetterPreview({ client, wanted, isOpen, onOpen, onLargePrint }: LetterPreviewProps) {
  return (
    <>
      <div className="letter-actions">
        <button type="button" aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
          {isOpen ? words.hide : words.show}
        </button>
        <a href={paperOf(wanted)} target="_blank" rel="noreferrer">
          {words.asPdf}
        </a>
        <label>
          <input
            type="checkbox"
            checked={wanted.hasLargePrint}
            onChange={(event) => onLargePrint(event.target.checked)}
          />{' '}
          {words.largePrint}
        </label>
      </div>
      {isOpen && <Shown client={client} wanted={wanted} />}
    </>
  );
}

function Shown({ client, wanted: { taskId, kind, hasLargePrint } }: Pick<LetterPreviewProps, 'client' | 'wanted'>) {
  const load = useCallback(
    () => client.preview({ taskId, kind, hasLargePrint }),
    [client, taskId, kind, hasLargePrint],
  );
  const { data, failure, reload } = useLoaded(client, load);
  if (failure !== undefined) {
    return (
      <div className="failure" role="alert">
        <p>{letterFailure(failure)}</p>
        <button type="button" onClick={() => void reload()}>
          {words.again}
        </button>
      </div>
    );
  }
  if (data === undefined) return <p role="status">{words.loading}</p>;
  return (
    <>
      {data.preparations.length > 0 && <Preparations preparations={data.preparations} />}
      <LetterSheet letter={data.letter} label={words.preview} />
    </>
  );
}

/** What was said beside what the patient reads. */
export function Preparations({ preparations }: Pick<Preview, 'preparations'>) {
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
        {preparations.map(({ original, plain }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two visits can ask for the same
          <tr key={place}>
            <td>{original}</td>
            <td>{plain}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
