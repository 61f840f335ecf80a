import { useCallback, useRef, useState } from 'react';
import { PageError } from '../page-error.ts';

/** A form's way to the server: one at a time, and the code of what went wrong. */
export function useSending() {
  const [isSending, setIsSending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const isUnderWay = useRef(false);

  const send = useCallback(async (work: () => Promise<void>): Promise<void> => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setIsSending(true);
    setFailure(undefined);
    await work().catch((error) => setFailure(PageError.from(error).code));
    isUnderWay.current = false;
    setIsSending(false);
  }, []);

  return { isSending, failure, send };
}
