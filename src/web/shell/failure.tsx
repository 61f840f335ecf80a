import './shell.css';
import { SHELL_MESSAGES as words } from '../messages/shell.sv.ts';

/** What went wrong on a page, and the way to try again. */
export function Failure({ text, onRetry }: { text: string; onRetry?: () => void }) {
  return (
    <div role="alert" className="page-failure">
      <p>{text}</p>
      {onRetry && (
        <button type="button" onClick={onRetry}>
          {words.tryAgain}
        </button>
      )}
    </div>
  );
}
