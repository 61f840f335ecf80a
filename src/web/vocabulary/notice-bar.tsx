import { useEffect } from 'react';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';

/** Long enough to change one's mind. */
const SHOWN_MS = 20_000;

export interface Notice {
  readonly text: string;
  readonly isFailure?: boolean;
  /** Takes back what was done. */
  readonly undo?: () => void;
}

/** What was just done, at the bottom, where it moves nothing. */
export function NoticeBar({ notice, onGone }: { notice: Notice | undefined; onGone: () => void }) {
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(onGone, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice, onGone]);
  const { text = '', isFailure = false, undo } = notice ?? {};
  return (
    <div className={notice ? 'notice shown' : 'notice'}>
      <p role={isFailure ? 'alert' : 'status'}>{text}</p>
      {undo && (
        <button
          type="button"
          onClick={() => {
            onGone();
            undo();
          }}
        >
          {SHELL_MESSAGES.undo}
        </button>
      )}
    </div>
  );
}
