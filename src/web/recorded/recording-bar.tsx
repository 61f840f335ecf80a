import './recording-bar.css';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DictationView } from '../../contracts/dictations-api.ts';
import { recordedError, RECORDED_MESSAGES as words } from '../messages/recorded.sv.ts';
import type { NoteDesk } from '../notes/note-desk.ts';
import { PageError } from '../page-error.ts';
import type { RecordingsClient } from './recordings-client.ts';

const PLAY_KEY = 'F4';
/** Whoever stopped to write has missed the last words. */
const REWIND_SECONDS = 1.5;

interface Props {
  readonly client: RecordingsClient;
  readonly desk: NoteDesk;
  readonly noteId: string;
  /** Of the note: when it changes, so may the recording. */
  readonly noteState: string;
  readonly mayWrite: boolean;
}

/** Over a note that was recorded: the recording to listen to while it is corrected, and handing it to its author. */
export function RecordingBar({ client, desk, noteId, noteState, mayWrite }: Props) {
  const [recording, setRecording] = useState<DictationView | null>(null);
  const [problem, setProblem] = useState<string>();
  const player = useRef<HTMLAudioElement>(null);
  usePlayKey(player, recording?.hasSound ?? false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the note's state moves the recording's
  useEffect(() => {
    let isLatest = true;
    setProblem(undefined);
    client.ofNote(noteId).then(
      (found) => isLatest && setRecording(found),
      // A server without recordings has none of this note.
      () => isLatest && setRecording(null),
    );
    return () => {
      isLatest = false;
    };
  }, [client, noteId, noteState]);
  const handOver = useCallback(async () => {
    if (recording === null) return;
    setProblem(undefined);
    try {
      if ((await desk.flush()) === undefined) throw new PageError('CONNECTION');
      setRecording(await client.handOver(recording));
    } catch (error) {
      setProblem(PageError.from(error).code);
    }
  }, [client, desk, recording]);
  if (recording === null || recording.noteId !== noteId) return null;
  const { id, state, author, hasSound, handedOverAt } = recording;
  const isAnothers = author?.id !== desk.staffId;
  return (
    <section className="recording-bar" aria-label={words.recordedNote}>
      <p>
        <b>{words.recordedNote}</b>{' '}
        {state === 'drafted' && (handedOverAt === null ? words.waitsForCorrection : words.isHandedOver)}
      </p>
      {hasSound && (
        <div className="recording-player">
          {/* biome-ignore lint/a11y/useMediaCaption: the note below is what is said */}
          <audio
            ref={player}
            controls
            preload="metadata"
            src={`/api/dictations/${id}/audio`}
            aria-label={words.player}
            aria-keyshortcuts={PLAY_KEY}
          />
          <p className="hint">{words.playKey}</p>
        </div>
      )}
      {state === 'drafted' && handedOverAt === null && mayWrite && isAnothers && (
        <button type="button" className="primary" onClick={() => void handOver()}>
          {words.handOverLong}
        </button>
      )}
      {problem !== undefined && <p role="alert">{recordedError(problem)}</p>}
    </section>
  );
}

/** Plays and pauses without leaving the text. */
function usePlayKey(player: { readonly current: HTMLAudioElement | null }, hasSound: boolean): void {
  useEffect(() => {
    if (!hasSound) return undefined;
    const onDown = (event: KeyboardEvent) => {
      const audio = player.current;
      if (event.key !== PLAY_KEY || audio === null) return;
      event.preventDefault();
      if (event.repeat) return;
      if (!audio.paused) return audio.pause();
      audio.currentTime = Math.max(0, audio.currentTime - REWIND_SECONDS);
      void audio.play().catch(() => undefined);
    };
    addEventListener('keydown', onDown);
    return () => removeEventListener('keydown', onDown);
  }, [player, hasSound]);
}
