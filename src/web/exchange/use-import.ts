import { useRef, useState } from 'react';
import type { ImportCounts, ImportPreview } from '../../contracts/exchange-api.ts';
import { PageError } from '../page-error.ts';
import type { ExchangeClient, ImportTarget } from './exchange-client.ts';

/** A file that was looked at. */
export interface Previewed {
  readonly file: File;
  readonly target: ImportTarget;
  readonly preview: ImportPreview;
}

interface ImportState {
  readonly work: 'reading' | 'applying' | null;
  readonly previewed: Previewed | undefined;
  readonly failure: string | undefined;
  readonly applied: ImportCounts | undefined;
}

const START: ImportState = { work: null, previewed: undefined, failure: undefined, applied: undefined };

/** A file on its way in: looked at, and then taken in just so. */
export function useImport(client: ExchangeClient) {
  const [state, setState] = useState(START);
  const latest = useRef(0);

  const look = async (file: File, target: ImportTarget): Promise<void> => {
    latest.current += 1;
    const mine = latest.current;
    setState({ ...START, work: 'reading' });
    const next = await client.preview(target, file).then(
      (preview) => ({ ...START, previewed: { file, target, preview } }),
      (error) => ({ ...START, failure: PageError.from(error).code }),
    );
    // Another file was chosen meanwhile.
    if (mine === latest.current) setState(next);
  };

  const apply = async ({ file, target, preview }: Previewed): Promise<void> => {
    if (state.work !== null || preview.token === null) return;
    setState((now) => ({ ...now, work: 'applying', failure: undefined }));
    await client.apply(target, file, preview.token).then(
      (applied) => setState({ ...START, applied }),
      async (error) => {
        const { code } = PageError.from(error);
        await look(file, target);
        setState((now) => ({ ...now, failure: code }));
      },
    );
  };

  const forget = () => {
    latest.current += 1;
    setState(START);
  };

  return { ...state, look, apply, forget };
}
