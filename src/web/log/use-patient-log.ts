import { useCallback, useEffect, useRef, useState } from 'react';
import { type AuditLine, AuditPage } from '../../contracts/access-api-log.ts';
import { PageError } from '../page-error.ts';
import { askApi } from '../shell/ask-api.ts';

/** Days as a date field gives them; empty for no limit. */
export interface LogDays {
  readonly from: string;
  readonly to: string;
}

interface LogState {
  readonly lines: readonly AuditLine[];
  /** What the next page comes after; null when all is there. */
  readonly next: string | null;
  readonly isLoading: boolean;
  readonly failure: string | undefined;
}

const LOADING: LogState = { lines: [], next: null, isLoading: true, failure: undefined };

/** A patient's log of some days, a page after the other. */
export function usePatientLog(patientId: string, { from, to }: LogDays) {
  const [state, setState] = useState(LOADING);
  /** Answers to a question that is no longer asked are dropped. */
  const round = useRef(0);

  const load = useCallback(
    async (earlier: readonly AuditLine[], after: string | null) => {
      round.current += 1;
      const mine = round.current;
      setState({ lines: earlier, next: null, isLoading: true, failure: undefined });
      const limits = Object.entries({ from, to, after: after ?? '' }).filter(([, value]) => value !== '');
      try {
        const path = `/api/patients/${encodeURIComponent(patientId)}/log?${new URLSearchParams(limits)}`;
        const { items, next } = await askApi(path, AuditPage);
        if (mine === round.current) setState({ ...LOADING, lines: [...earlier, ...items], next, isLoading: false });
      } catch (error) {
        const failure = PageError.from(error).code;
        if (mine === round.current) setState({ lines: earlier, next: after, isLoading: false, failure });
      }
    },
    [patientId, from, to],
  );
  useEffect(() => void load([], null), [load]);

  return { ...state, loadMore: () => load(state.lines, state.next) };
}
