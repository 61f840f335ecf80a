import { useCallback, useEffect, useRef, useState } from 'react';
import { PageError } from '../page-error.ts';
import type { ApiClient } from './api-client.ts';

/** While the server does not answer. */
const AGAIN_MS = 5_000;

/** What a view shows of the server. */
export interface Loaded<Data> {
  /** Undefined until it came; what came last stays while it is fetched again. */
  readonly data: Data | undefined;
  /** The code of why it could not be fetched the last time. */
  readonly failure: string | undefined;
  readonly reload: () => Promise<void>;
  /** What the server answered to a change is shown at once: whoever goes on from it has its version. */
  readonly show: (data: Data) => void;
}

/** Fetches with a function that stays the same, and again when it is another and after whatever was changed. */
export function useLoaded<Data>(client: ApiClient, load: () => Promise<Data>): Loaded<Data> {
  const [state, setState] = useState<Omit<Loaded<Data>, 'reload' | 'show'>>({ data: undefined, failure: undefined });
  const asked = useRef(0);

  const reload = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    const put = (next: (before: typeof state) => typeof state) => {
      // An answer that was overtaken tells of the past.
      if (mine === asked.current) setState(next);
    };
    await load().then(
      (data) => put(() => ({ data, failure: undefined })),
      (error) => put((before) => ({ ...before, failure: PageError.from(error).code })),
    );
  }, [load]);

  const show = useCallback((data: Data) => {
    asked.current += 1;
    setState({ data, failure: undefined });
  }, []);

  useEffect(() => {
    void reload();
    return client.onChange(() => void reload());
  }, [client, reload]);
  useEffect(() => {
    if (state.failure !== 'CONNECTION') return undefined;
    const timer = setTimeout(() => void reload(), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [state, reload]);
  return { ...state, reload, show };
}
