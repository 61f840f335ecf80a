import { logError, LOG_MESSAGES as words } from '../messages/log.sv.ts';

/** What went wrong, and the way to try again. */
export function Failure({ code, onRetry }: { code: string; onRetry?: () => void }) {
  return (
    <div role="alert" className="log-failure">
      <p>{logError(code)}</p>
      {onRetry && (
        <button type="button" onClick={onRetry}>
          {words.tryAgain}
        </button>
      )}
    </div>
  );
}
