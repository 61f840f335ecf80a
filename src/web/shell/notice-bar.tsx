import './notice-bar.css';
import { SHELL_MESSAGES as words } from '../messages/shell.sv.ts';
import { PageError } from '../page-error.ts';

/** What was done, and the way back where there is one. */
export interface Notice {
  readonly text: string;
  readonly isFailure?: boolean;
  readonly undo?: () => Promise<unknown>;
}

interface NoticeBarParts {
  readonly notice: Notice | undefined;
  readonly tell: (notice: Notice | undefined) => void;
  /** The page's words for what went wrong, by its code. */
  readonly sayError: (code: string) => string;
}

/** What was just done, at the foot of the page, until it is closed or something else is done. */
export function NoticeBar({ notice, tell, sayError }: NoticeBarParts) {
  const { text = '', isFailure = false, undo } = notice ?? {};
  const takeBack = async () => {
    tell({ text: words.undoing });
    await undo?.().then(
      () => tell({ text: words.undone }),
      (error) => tell({ text: sayError(PageError.from(error).code), isFailure: true }),
    );
  };
  return (
    <div className={notice ? 'notice shown' : 'notice'}>
      <p role={isFailure ? 'alert' : 'status'}>{text}</p>
      {undo && (
        <button type="button" id="undo" aria-keyshortcuts="Alt+Z" onClick={() => void takeBack()}>
          {words.undo}
        </button>
      )}
      {notice && (
        <button type="button" className="plain" onClick={() => tell(undefined)}>
          {words.close}
        </button>
      )}
    </div>
  );
}
