import { useEffect, useRef, useState } from 'react';
import { TRIAL_LIMITS, type TrialResult } from '../../contracts/vocabulary-api.ts';
import { vocabularyError, VOCABULARY_MESSAGES as words } from '../messages/vocabulary.sv.ts';
import { type Recording, startRecording } from '../recorder.ts';
import { Failure } from '../shell/failure.tsx';
import { useSending } from '../shell/use-sending.ts';
import { differences } from './differences.ts';
import type { VocabularyClient } from './vocabulary-client.ts';

/** A sentence heard by the real recogniser, without and with the words of the lists. */
export function TrialSection({ client }: { client: VocabularyClient }) {
  const [recording, setRecording] = useState<Recording>();
  const [seconds, setSeconds] = useState(0);
  const [result, setResult] = useState<TrialResult>();
  const { isSending, failure, send } = useSending();
  const running = useRef<Recording>(undefined);
  useEffect(() => () => void running.current?.discard(), []);

  const hear = (sound: Blob) => send(async () => setResult(await client.try(sound)));
  const stop = async () => {
    const ended = running.current;
    running.current = undefined;
    setRecording(undefined);
    if (ended) await hear(await ended.stop());
  };
  const start = () => {
    setResult(undefined);
    void send(async () => {
      running.current = await startRecording({
        onLevel: (_level, recordedSeconds) => {
          setSeconds(Math.floor(recordedSeconds));
          if (recordedSeconds >= TRIAL_LIMITS.seconds - 1) void stop();
        },
        onEnded: () => void stop(),
      });
      setRecording(running.current);
    });
  };

  return (
    <section className="trial" aria-labelledby="trial-heading">
      <h3 id="trial-heading">{words.trialHeading}</h3>
      <p className="hint">{words.trialHint}</p>
      <div className="actions">
        {recording ? (
          <button type="button" className="primary" data-key="trial" onClick={() => void stop()}>
            {words.stop} ({words.recorded(seconds)})
          </button>
        ) : (
          <button type="button" data-key="trial" disabled={isSending} onClick={start}>
            {words.record}
          </button>
        )}
        <label className="file-button">
          {words.chooseSound}
          <input
            type="file"
            accept="audio/*,video/webm,video/mp4"
            disabled={isSending || recording !== undefined}
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              setResult(undefined);
              if (file) void hear(file);
              target.value = '';
            }}
          />
        </label>
      </div>
      <div role="status">
        {isSending && !recording && result === undefined && words.hearing}
        {result && <TrialTexts result={result} />}
      </div>
      {failure !== undefined && <Failure text={vocabularyError(failure)} />}
    </section>
  );
}

function TrialTexts({ result }: { result: TrialResult }) {
  if (result.without === '' && result.with === '') return words.nothingHeard;
  const marked = differences(result.without, result.with);
  return (
    <>
      <dl className="heard">
        <dt>{words.without}</dt>
        <dd>
          <MarkedText parts={marked.without} />
        </dd>
        <dt>{words.with}</dt>
        <dd>
          <MarkedText parts={marked.with} />
        </dd>
      </dl>
      {result.without === result.with && <p className="hint">{words.noDifference}</p>}
    </>
  );
}

function MarkedText({ parts }: { parts: readonly { readonly text: string; readonly isOther: boolean }[] }) {
  // The words of a text have no names but their places.
  return parts.map(({ text, isOther }, place) => {
    const key = `${place}:${text}`;
    return isOther ? <mark key={key}>{text} </mark> : <span key={key}>{text} </span>;
  });
}
