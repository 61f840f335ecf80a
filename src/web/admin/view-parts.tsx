import type { ReactNode } from 'react';
import { adminError } from '../messages/drift.sv.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { Failure } from '../shell/failure.tsx';
import type { Notice } from '../shell/notice-bar.tsx';
import type { PageSession } from '../shell/session.ts';
import type { Loaded } from '../shell/use-loaded.ts';
import type { AdminClient } from './admin-client.ts';

/** What every view of the page works with. */
export interface ViewParts {
  readonly client: AdminClient;
  readonly session: PageSession;
  readonly tell: (notice: Notice) => void;
}

/** A view's heading, with what is made there. */
export function ViewHead({ heading, hint, children }: { heading: string; hint?: string; children?: ReactNode }) {
  return (
    <div className="view-head">
      <div>
        <h2>{heading}</h2>
        {hint !== undefined && <p className="hint">{hint}</p>}
      </div>
      {children}
    </div>
  );
}

/** What was fetched; before it came, that it is being fetched, and what went wrong. */
export function Fetched<Data>({ of, children }: { of: Loaded<Data>; children: (data: Data) => ReactNode }) {
  const { data, failure, reload } = of;
  return (
    <>
      {failure !== undefined && <Failure text={adminError(failure)} onRetry={() => void reload()} />}
      {data === undefined && failure === undefined && (
        <p role="status" className="skeleton">
          {SHELL_MESSAGES.loading}
        </p>
      )}
      {data !== undefined && children(data)}
    </>
  );
}
