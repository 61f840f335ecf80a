import { type ReactNode, useState } from 'react';
import type { SickDayPlan, SickDayVisitView } from '../../contracts/sick-day-api.ts';
import { sickDayError, SICK_DAY_MESSAGES as words } from '../messages/sick-day.sv.ts';
import { Failure } from '../shell/failure.tsx';
import { Choice } from '../shell/field.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { ChoicesDialog } from './choices-dialog.tsx';
import { GiveBackDialog } from './give-back-dialog.tsx';
import { sayDays } from './say-day.ts';
import type { SickDayClient } from './sick-day-client.ts';
import { type Settling, useSettling } from './use-settling.ts';
import { VisitCard } from './visit-card.tsx';

type Asking = 'move-all' | 'reopen' | { readonly visit: SickDayVisitView; readonly what: 'others' | 'give-back' };

/** A sick day: its visits with the times that are proposed for them, accepted all at once or one by one. */
export function PlanView({ client, sickDayId }: { client: SickDayClient; sickDayId: string }) {
  const [sendsLetters, setSendsLetters] = useState(true);
  const settling = useSettling(client, sickDayId, sendsLetters);
  const { plan, failure, notice, load } = settling;
  return (
    <section aria-labelledby="plan-heading" className="plan" aria-busy={plan === undefined}>
      <a href="/sjukdag">{words.back}</a>
      {failure !== undefined && <Failure text={sickDayError(failure)} onRetry={() => void load()} />}
      {plan === undefined && failure === undefined && <p role="status">{words.planning}</p>}
      {plan && (
        <Plan client={client} plan={plan} settling={settling}>
          <Choice
            label={words.sendsLetters}
            hint={words.sendsLettersHint}
            checked={sendsLetters}
            onChange={({ target }) => setSendsLetters(target.checked)}
          />
        </Plan>
      )}
      <p role="status" className={notice === '' ? 'unseen' : 'plan-notice'}>
        {notice}
      </p>
    </section>
  );
}

interface PlanProps {
  readonly client: SickDayClient;
  readonly plan: SickDayPlan;
  readonly settling: Settling;
  /** What is chosen for all visits. */
  readonly children: ReactNode;
}

function Plan({ client, plan, settling, children }: PlanProps) {
  const [asking, setAsking] = useState<Asking>();
  const { sickDay, visits } = plan;
  const { run, problems } = settling;
  const isOver = sickDay.endedAt !== null;
  const open = visits.filter(({ state }) => state === 'open');
  const fitting = isOver ? [] : open.filter(({ proposal }) => proposal !== null);
  const done = visits.length - open.length;
  const close = () => setAsking(undefined);
  return (
    <>
      <div className="plan-head">
        <h2 id="plan-heading">
          {sickDay.resourceName}, {sayDays(sickDay)}
        </h2>
        <div className="actions">
          {fitting.length > 0 && run === undefined && (
            <button
              type="button"
              id="move-all"
              className="primary"
              aria-keyshortcuts="Alt+A"
              onClick={() => setAsking('move-all')}
            >
              {words.moveAll(fitting.length)}
            </button>
          )}
          {run && (
            <button type="button" disabled={run.isStopping} onClick={settling.stop}>
              {run.isStopping ? words.stopping : words.stop}
            </button>
          )}
          {!isOver && run === undefined && (
            <button type="button" onClick={() => setAsking('reopen')}>
              {words.reopen}
            </button>
          )}
        </div>
      </div>
      {isOver && <p className="hint">{words.ended}</p>}
      {visits.length === 0 && <p className="empty">{words.noVisits}</p>}
      {visits.length > 0 && (
        <Progress done={done + (run?.done ?? 0)} all={visits.length} isRunning={run !== undefined} />
      )}
      {!isOver && open.length > 0 && children}
      <ol className="sick-visits">
        {visits.map((visit) => (
          <VisitCard
            key={visit.id}
            visit={visit}
            isOver={isOver}
            isBusy={run !== undefined}
            problem={problems.get(visit.id)}
            onMove={(proposal) => void settling.move(visit, proposal)}
            onOthers={() => setAsking({ visit, what: 'others' })}
            onGiveBack={() => setAsking({ visit, what: 'give-back' })}
          />
        ))}
      </ol>
      {asking === 'move-all' && (
        <FormDialog
          heading={words.moveAllHeading(fitting.length)}
          submit={words.moveAll(fitting.length)}
          failure={undefined}
          onSubmit={() => {
            close();
            void settling.moveAll(fitting);
          }}
          onClose={close}
        >
          <p>{words.moveAllHint}</p>
        </FormDialog>
      )}
      {asking === 'reopen' && (
        <FormDialog
          heading={words.reopenHeading}
          submit={words.reopen}
          failure={undefined}
          onSubmit={() => {
            close();
            void settling.reopen();
          }}
          onClose={close}
        >
          <p>{words.reopenHint(open.length)}</p>
        </FormDialog>
      )}
      {typeof asking === 'object' && asking.what === 'others' && (
        <ChoicesDialog
          client={client}
          sickDayId={sickDay.id}
          visit={asking.visit}
          onMove={(proposal) => {
            close();
            void settling.move(asking.visit, proposal);
          }}
          onClose={close}
        />
      )}
      {typeof asking === 'object' && asking.what === 'give-back' && (
        <GiveBackDialog
          visit={asking.visit}
          onGiveBack={() => {
            close();
            void settling.giveBack(asking.visit);
          }}
          onClose={close}
        />
      )}
    </>
  );
}

function Progress({ done, all, isRunning }: { done: number; all: number; isRunning: boolean }) {
  const text = done === all ? words.allDone : words.progress(done, all);
  return (
    <p className="plan-progress" role="status">
      <progress value={done} max={all} aria-label={text} />
      <span>{isRunning ? `${words.moving} ${text}` : text}</span>
    </p>
  );
}
