import { useId } from 'react';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { recordedError, RECORDED_MESSAGES as words } from '../messages/recorded.sv.ts';
import type { DeskState } from '../notes/desk-state.ts';
import type { NoteDesk } from '../notes/note-desk.ts';
import { sayInstant } from '../queue/say-when.ts';
import { grouped } from './groups.ts';
import { nameOf } from './recording-row.tsx';
import type { RecordingsClient } from './recordings-client.ts';
import { useRecordings } from './use-recordings.ts';

interface Props {
  readonly client: RecordingsClient;
  readonly desk: NoteDesk;
  readonly state: DeskState;
}

/** The recorded drafts that wait to be corrected, for staff who write no notes of their own. */
export function CorrectionColumn({ client, desk, state: { note } }: Props) {
  const { items, failure, refresh } = useRecordings(client);
  const headingId = useId();
  const { date: today } = stockholmClockAt(Date.now());
  const waiting = grouped(items ?? []).find(([group]) => group === 'toCorrect')?.[1] ?? [];
  return (
    <nav className="worklist" aria-label={words.heading}>
      <h2 id={headingId}>{words.toCorrect}</h2>
      {failure !== undefined && (
        <p className="list-failure" role="alert">
          {recordedError(failure)}{' '}
          <button type="button" className="plain" onClick={refresh}>
            {words.retry}
          </button>
        </p>
      )}
      {items?.length === 0 && <p className="hint">{words.noneToCorrect}</p>}
      <ul aria-labelledby={headingId}>
        {waiting.map((dictation) => (
          <li key={dictation.id}>
            <button
              type="button"
              aria-current={dictation.noteId === note?.id ? 'true' : undefined}
              onClick={() => void desk.openNote(dictation.noteId!)}
            >
              <span className="line-head">
                <b>{nameOf(dictation)}</b>
              </span>
              <span className="line-rest">
                {dictation.author && words.by(`${dictation.author.givenName} ${dictation.author.familyName}`)}
              </span>
              <span className="line-rest">{words.recorded(sayInstant(dictation.recordedAt, today))}</span>
            </button>
          </li>
        ))}
      </ul>
      <p>
        <a href="/inspelat">{words.back}</a>
      </p>
    </nav>
  );
}
