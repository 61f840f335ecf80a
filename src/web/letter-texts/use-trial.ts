import { useEffect, useState } from 'react';
import type { LetterDocument } from '../../contracts/letter-document.ts';
import type { LetterTextsKey, LetterTrial } from '../../contracts/letter-texts-api.ts';
import { PageError } from '../page-error.ts';
import type { LetterTextsClient } from './letter-texts-client.ts';

/** So long the writing rests before the letter is drawn. */
const SETTLE_MS = 250;

interface Tried {
  readonly letter: LetterDocument | undefined;
  /** The code of what went wrong the last time. */
  readonly failure: string | undefined;
}

/** The letter of a trial; until it came, the last one. */
export function useTrial(client: LetterTextsClient, unitId: string, key: LetterTextsKey, trial: LetterTrial): Tried {
  const [tried, setTried] = useState<Tried>({ letter: undefined, failure: undefined });
  // Equal trials are one, whatever objects they are in.
  const asked = JSON.stringify(trial);

  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(() => {
      client.tryOut(unitId, key, JSON.parse(asked)).then(
        ({ letter }) => isWanted && setTried({ letter, failure: undefined }),
        (error: unknown) => isWanted && setTried((before) => ({ ...before, failure: PageError.from(error).code })),
      );
    }, SETTLE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [client, unitId, key, asked]);
  return tried;
}
