import { errorMessage, messages } from '../messages.sv.ts';
import type { DictationController } from './dictation-controller.ts';
import type { PageState } from './page-state.ts';

interface Props {
  readonly controller: DictationController | undefined;
  readonly state: PageState;
  readonly openingFailure: string | undefined;
}

/** Messages, in a place of their own at the bottom so that none of them moves the note. */
export function MessageArea({ controller, state, openingFailure }: Props) {
  const { notice, canRetry } = state;
  const failure = openingFailure ?? state.failure ?? state.liveFailure;
  const isShown = failure !== undefined || notice !== '';
  const classes = ['messages', isShown && 'shown', failure !== undefined && 'failed'].filter(Boolean).join(' ');
  return (
    <div className={classes}>
      <p role="alert">{failure === undefined ? '' : errorMessage(failure)}</p>
      <p role="status">{failure === undefined ? notice : ''}</p>
      {canRetry && (
        <button type="button" onClick={() => controller?.retry()}>
          {messages.retry}
        </button>
      )}
      {(state.failure !== undefined || notice !== '') && (
        <button type="button" aria-label={messages.dismiss} onClick={() => controller?.dismiss()}>
          ×
        </button>
      )}
    </div>
  );
}
