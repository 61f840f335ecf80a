import { useState } from 'react';
import type { DictationView } from '../../contracts/dictations-api.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { RECORDED_MESSAGES as words } from '../messages/recorded.sv.ts';
import { sayInstant } from '../queue/say-when.ts';

const SECONDS_A_MINUTE = 60;

export interface RecordingActions {
  readonly onHandOver: (dictation: DictationView) => void;
  readonly onRetry: (dictation: DictationView) => void;
  readonly onWithdraw: (dictation: DictationView) => void;
}

interface Props extends RecordingActions {
  readonly dictation: DictationView;
  readonly staffId: string;
  /** Whether the reader corrects what others have dictated. */
  readonly isCorrecting: boolean;
}

/** A dictation: whose it is, how far it has come, and what can be done about it. */
export function RecordingRow({ dictation, staffId, isCorrecting, ...actions }: Props) {
  const [isPlaying, setPlaying] = useState(false);
  const { id, author, hasSound, problem } = dictation;
  const { date: today } = stockholmClockAt(Date.now());
  const name = nameOf(dictation);
  return (
    <li className="recording" aria-label={name}>
      <div className="recording-about">
        <p className="recording-head">
          <b>{name}</b>
          <span className="hint">{dictation.patient?.numberBegins}</span>
        </p>
        <p className="hint">
          {words.recorded(sayInstant(dictation.recordedAt, today))}{' '}
          {author && words.by(`${author.givenName} ${author.familyName}`)}
        </p>
        <RowState dictation={dictation} today={today} />
        {problem && <p className="recording-problem">{problem.words}</p>}
      </div>
      <div className="actions">
        <RowActions {...{ dictation, isCorrecting }} isAuthor={author?.id === staffId} {...actions} />
        {hasSound && (
          <button type="button" aria-expanded={isPlaying} onClick={() => setPlaying(!isPlaying)}>
            {isPlaying ? words.stopListening : words.listen}
          </button>
        )}
      </div>
      {isPlaying && (
        // biome-ignore lint/a11y/useMediaCaption: the note beside it is what is said
        <audio controls autoPlay src={`/api/dictations/${id}/audio`} aria-label={words.player} />
      )}
    </li>
  );
}

function RowState({
  dictation: { state, progress, handedOverAt },
  today,
}: {
  dictation: DictationView;
  today: string;
}) {
  if (handedOverAt !== null) return <p className="hint">{words.handedOver(sayInstant(handedOverAt, today))}</p>;
  if (state === 'received') return <p className="hint">{words.waits}</p>;
  if (state !== 'transcribing') return null;
  if (progress === null) return <p className="hint">{words.begun}</p>;
  const { doneSeconds, totalSeconds } = progress;
  const told = words.progress(minutes(doneSeconds), minutes(totalSeconds));
  return (
    <p className="recording-progress">
      <progress value={doneSeconds} max={totalSeconds} aria-label={told} />
      <span className="hint">{told}</span>
    </p>
  );
}

function RowActions({
  dictation,
  isAuthor,
  isCorrecting,
  onHandOver,
  onRetry,
  onWithdraw,
}: RecordingActions & { dictation: DictationView; isAuthor: boolean; isCorrecting: boolean }) {
  const [isSure, setSure] = useState(false);
  const { state, noteId, handedOverAt, mayWithdraw } = dictation;
  const isTheirTurn = isAuthor || (isCorrecting && handedOverAt === null);
  if (isSure) {
    return (
      <>
        <p role="status">{words.withdrawSure}</p>
        <button type="button" className="danger" onClick={() => onWithdraw(dictation)}>
          {words.withdrawYes}
        </button>
        {/* biome-ignore lint/a11y/noAutofocus: the safe answer is where the question came up */}
        <button type="button" autoFocus onClick={() => setSure(false)}>
          {words.withdrawNo}
        </button>
      </>
    );
  }
  return (
    <>
      {state === 'drafted' && (
        <a className={isTheirTurn ? 'button primary' : 'button'} href={`/diktera?anteckning=${noteId}`}>
          {openInWords(isTheirTurn, isAuthor)}
        </a>
      )}
      {state === 'drafted' && handedOverAt === null && isCorrecting && !isAuthor && (
        <button type="button" onClick={() => onHandOver(dictation)}>
          {words.handOver}
        </button>
      )}
      {state === 'failed' && (
        <button type="button" className="primary" onClick={() => onRetry(dictation)}>
          {words.retry}
        </button>
      )}
      {mayWithdraw && (
        <button type="button" onClick={() => setSure(true)}>
          {words.withdraw}
        </button>
      )}
    </>
  );
}

function openInWords(isTheirTurn: boolean, isAuthor: boolean): string {
  if (isAuthor) return words.openOwn;
  return isTheirTurn ? words.openToCorrect : words.open;
}

export function nameOf({ patient }: DictationView): string {
  if (patient === null || patient.protectedIdentity) return words.protectedIdentity;
  return `${patient.givenName} ${patient.familyName}`;
}

/** "4" or "0,5". */
function minutes(seconds: number): string {
  const rounded = Math.round((2 * seconds) / SECONDS_A_MINUTE) / 2;
  return rounded.toLocaleString('sv');
}
