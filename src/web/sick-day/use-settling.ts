import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChangeLetter, SickDayPlan, SickDayProposal, SickDayVisitView } from '../../contracts/sick-day-api.ts';
import { SICK_DAY_MESSAGES as words } from '../messages/sick-day.sv.ts';
import { PageError } from '../page-error.ts';
import { patientName } from './say-day.ts';
import type { SickDayClient } from './sick-day-client.ts';

/** A row of moves under way. */
export interface Run {
  readonly done: number;
  readonly all: number;
  readonly isStopping: boolean;
}

/**
 * A sick day's plan, and its visits to their new times one after another. Each is whole or not at all at the server, so
 * that a page that is closed in the middle, or a server that is, leaves nothing half done: what is left is in the plan.
 */
export function useSettling(client: SickDayClient, sickDayId: string, sendsLetters: boolean) {
  const [plan, setPlan] = useState<SickDayPlan>();
  const [failure, setFailure] = useState<string>();
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const [notice, setNotice] = useState('');
  const [run, setRun] = useState<Run>();
  const isStopping = useRef(false);

  const load = useCallback(async () => {
    await client.plan(sickDayId).then(
      (found) => {
        setPlan(found);
        setFailure(undefined);
      },
      (error) => setFailure(PageError.from(error).code),
    );
  }, [client, sickDayId]);
  useEffect(() => {
    void load();
    return () => {
      isStopping.current = true;
    };
  }, [load]);

  /** Gives what became of the letter; what went wrong stands at the visit. */
  const attempt = async (
    visit: SickDayVisitView,
    work: () => Promise<ChangeLetter>,
  ): Promise<ChangeLetter | undefined> => {
    setProblems((known) => new Map([...known].filter(([id]) => id !== visit.id)));
    try {
      return await work();
    } catch (error) {
      const { code } = PageError.from(error);
      setProblems((known) => new Map(known).set(visit.id, code));
      return undefined;
    }
  };

  const move = async (visit: SickDayVisitView, proposal: SickDayProposal): Promise<void> => {
    const letter = await attempt(visit, () => client.move(sickDayId, visit, proposal, sendsLetters));
    if (letter) setNotice(`${words.movedNotice(patientName(visit))}${sayLetters([letter])}`);
    await load();
  };

  const giveBack = async (visit: SickDayVisitView): Promise<void> => {
    const letter = await attempt(visit, () => client.giveBack(sickDayId, visit, sendsLetters));
    const told = visit.appointment.taskId === null ? words.cancelledNotice : words.givenBackNotice;
    if (letter) setNotice(`${told(patientName(visit))}${sayLetters([letter])}`);
    await load();
  };

  const moveAll = async (visits: readonly SickDayVisitView[]): Promise<void> => {
    isStopping.current = false;
    const letters: ChangeLetter[] = [];
    for (const [at, visit] of visits.entries()) {
      if (isStopping.current) break;
      setRun({ done: at, all: visits.length, isStopping: false });
      const letter = await attempt(visit, () => client.move(sickDayId, visit, visit.proposal!, sendsLetters));
      if (letter) letters.push(letter);
    }
    setRun(undefined);
    setNotice(`${words.movedCount(letters.length)}${sayLetters(letters)}`);
    await load();
  };

  const stop = () => {
    isStopping.current = true;
    setRun((now) => now && { ...now, isStopping: true });
  };

  const reopen = async (): Promise<void> => {
    await client.end(plan!.sickDay).then(
      () => setNotice(words.reopened),
      (error) => setFailure(PageError.from(error).code),
    );
    await load();
  };

  return { plan, failure, problems, notice, run, load, move, giveBack, moveAll, stop, reopen };
}

export type Settling = ReturnType<typeof useSettling>;

/** What became of the letters about what was done, after a space; nothing where there were none. */
function sayLetters(letters: readonly ChangeLetter[]): string {
  const [sent, failed] = (['sent', 'failed'] as const).map((what) => letters.filter((one) => one === what).length);
  return `${sent! > 0 ? ` ${words.lettersSent(sent!)}` : ''}${failed! > 0 ? ` ${words.lettersFailed(failed!)}` : ''}`;
}
