import { useEffect } from 'react';
import { NOTE_FAILURES } from '../messages/notes.sv.ts';
import { errorMessage, messages } from '../messages.sv.ts';
import type { DictationController } from './dictation-controller.ts';
import type { PageState } from './page-state.ts';

/** What was done needs no answer, and goes by itself. */
const NOTICE_MS = 10_000;

interface Props {
  readonly controller: DictationController | undefined;
  readonly state: PageState;
  readonly openingFailure: string | undefined;
}

/** Messages, in a place of their own at the bottom so that none of them moves the note. */
export function MessageArea({ controller, state, openingFailure }: Props) {
  const { notice, canRetry, storageFailure, liveFailure } = state;
  useEffect(() => {
    if (notice === '') return;
    const timer = setTimeout(() => controller?.state.change({ notice: '' }), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice, controller]);
  // What has just happened goes before what lasts.
  const lasting = notice === '' ? (storageFailure ?? liveFailure) : undefined;
  const failure = openingFailure ?? state.failure ?? lasting;
  const canDismiss = state.failure !== undefined || storageFailure !== undefined || notice !== '';
  const isShown = failure !== undefined || notice !== '';
  const classes = ['messages', isShown && 'shown', failure !== undefined && 'failed'].filter(Boolean).join(' ');
  return (
    <div className={classes}>
      <p role="alert">{failure === undefined ? '' : (NOTE_FAILURES[failure] ?? errorMessage(failure))}</p>
      <p role="status">{failure === undefined ? notice : ''}</p>
      {canRetry && (
        <button type="button" onClick={() => controller?.retry()}>
          {messages.retry}
        </button>
      )}
      {canDismiss && (
        <button type="button" className="plain" aria-label={messages.dismiss} onClick={() => controller?.dismiss()}>
          ×
        </button>
      )}
    </div>
  );
}
