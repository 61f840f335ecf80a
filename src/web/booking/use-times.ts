import { useCallback, useEffect, useState } from 'react';
import type { TimeProposal, TimeProposals } from '../../contracts/appointments-api.ts';
import { BOOKING_MESSAGES as words } from '../messages/booking.sv.ts';
import { PageError } from '../page-error.ts';
import type { TimesClient } from './times-client.ts';

interface Seen {
  readonly id: string;
  readonly version: number;
  /** What the times are wished to be: with other wishes they are looked for anew. */
  readonly wishes: string;
}

/** What the panel shows of a task's times, and what can be done with them. */
export interface Times {
  /** Undefined while they are looked for. */
  readonly found: TimeProposals | undefined;
  /** The code of what went wrong last. */
  readonly failure: string | undefined;
  /** What was done last, for who listens. */
  readonly notice: string;
  readonly isSending: boolean;
  look(): void;
  /** Once more, with what is shown until it is there. */
  refresh(): void;
  hold(proposal: TimeProposal): void;
  release(): void;
  book(): void;
}

/** The times of an open task; `onBooked` when it, or one of its times, is another than before. */
export function useTimes(client: TimesClient, { id, version, wishes }: Seen, onBooked: () => void): Times {
  const [found, setFound] = useState<TimeProposals>();
  const [failure, setFailure] = useState<string>();
  const [notice, setNotice] = useState('');
  const [isSending, setIsSending] = useState(false);

  const look = useCallback(async () => {
    try {
      setFound(await client.proposals(id));
    } catch (error) {
      setFailure(PageError.from(error).code);
    }
  }, [client, id]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the server knows the wishes, and finds other times for them
  useEffect(() => {
    setFound(undefined);
    setFailure(undefined);
    setNotice('');
    void look();
    // After whatever was done here, and when somebody else, a patient perhaps, changed a time.
    return client.onChange(() => void look());
  }, [client, look, wishes]);

  const send = async (what: Promise<unknown>, done: string) => {
    setIsSending(true);
    setFailure(undefined);
    try {
      await what;
      setNotice(done);
    } catch (error) {
      setNotice('');
      setFailure(PageError.from(error).code);
    } finally {
      setIsSending(false);
    }
  };

  return {
    found,
    failure,
    notice,
    isSending,
    look: () => {
      setFailure(undefined);
      setFound(undefined);
      void look();
    },
    refresh: () => {
      setNotice('');
      void look();
      onBooked();
    },
    hold: (proposal) => void send(client.hold({ id, version }, proposal), words.held),
    release: () => void send(client.release({ id, version }), words.released),
    book: () => void send(client.bookHeld({ id, version }), words.booked).then(onBooked),
  };
}
