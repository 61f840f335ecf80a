import { adminError, ADMIN_MESSAGES as words } from '../messages/drift.sv.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { PageError } from '../page-error.ts';
import type { Notice } from './view-parts.tsx';

/** What was done, and the way to take it back. */
export function NoticeBar({
  notice,
  tell,
}: {
  notice: Notice | undefined;
  tell: (notice: Notice | undefined) => void;
}) {
  const undo = notice?.undo;
  const takeBack = async () => {
    tell({ text: words.undoing });
    await undo?.().then(
      () => tell({ text: words.undone }),
      (error) => tell({ text: adminError(PageError.from(error).code) }),
    );
  };
  return (
    <div className={notice ? 'notice shown' : 'notice'}>
      <p role="status">{notice?.text}</p>
      {undo && (
        <button type="button" id="undo" aria-keyshortcuts="Alt+Z" onClick={() => void takeBack()}>
          {SHELL_MESSAGES.undo}
        </button>
      )}
      {notice && (
        <button type="button" className="plain" onClick={() => tell(undefined)}>
          {SHELL_MESSAGES.close}
        </button>
      )}
    </div>
  );
}
