import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LocalDate } from '../../../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../../followup/calendar/local-time.ts';
import { calendarError } from '../../messages/calendar.sv.ts';
import { SETUP_MESSAGES as words } from '../../messages/calendar-setup.sv.ts';
import { PageError } from '../../page-error.ts';
import { Failure } from '../../shell/failure.tsx';
import { type Notice, NoticeBar } from '../../shell/notice-bar.tsx';
import type { PageSession } from '../../shell/session.ts';
import { useLoaded } from '../../shell/use-loaded.ts';
import { ClosureSection } from './closure-section.tsx';
import { FirstSteps } from './first-steps.tsx';
import { ResourceSection } from './resource-section.tsx';
import { type Setup, SetupClient } from './setup-client.ts';
import { TemplateSection } from './template-section.tsx';
import { VisitTypeSection } from './visit-type-section.tsx';

/** What each part of the setup works with. */
export interface SetupParts {
  readonly client: SetupClient;
  readonly unitId: string;
  readonly setup: Setup;
  readonly today: LocalDate;
  readonly tell: (notice: Notice) => void;
  /** Says why something was not done. */
  readonly tellFailure: (error: unknown) => void;
}

/** What a unit's calendar is made of, for those who keep it: who has times, when, and when not. */
export function SetupView({
  session,
  unit,
  onClose,
}: {
  session: PageSession;
  unit: { id: string; name: string };
  onClose: () => void;
}) {
  const client = useMemo(() => new SetupClient(session.csrfToken), [session]);
  const [today] = useState(() => stockholmClockAt(Date.now()).date);
  const [notice, tell] = useState<Notice>();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { data, failure, reload } = useLoaded(
    client,
    useCallback(() => client.setup(unit.id, today), [client, unit.id, today]),
  );
  const tellFailure = (error: unknown) => tell({ text: calendarError(PageError.from(error).code), isFailure: true });
  const parts = data && { client, unitId: unit.id, setup: data, today, tell, tellFailure };

  return (
    <main className="setup">
      <div className="setup-head">
        <h2 ref={heading} tabIndex={-1}>
          {words.heading(unit.name)}
        </h2>
        <button type="button" onClick={onClose}>
          {words.back}
        </button>
      </div>
      {failure !== undefined && <Failure text={calendarError(failure)} onRetry={() => void reload()} />}
      {!data && failure === undefined && <p role="status">{words.loading}</p>}
      {parts && (
        <>
          <FirstSteps setup={parts.setup} />
          <TemplateSection {...parts} />
          <ClosureSection {...parts} />
          <VisitTypeSection {...parts} />
          <ResourceSection {...parts} />
        </>
      )}
      <NoticeBar notice={notice} tell={tell} sayError={calendarError} />
    </main>
  );
}
