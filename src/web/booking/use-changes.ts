import { useState } from 'react';
import type { z } from 'zod';
import type { AppointmentView, CancelBody, TimeProposal } from '../../contracts/appointments-api.ts';
import type { MoveReason } from '../../contracts/calendar.ts';
import { BOOKING_MESSAGES as words } from '../messages/booking.sv.ts';
import { PageError } from '../page-error.ts';
import { sayTimeSpan } from './say-times.ts';
import type { TimesClient } from './times-client.ts';

/** What is done with booked times, and what came of it. */
export interface Changes {
  /** The code of what went wrong last. */
  readonly failure: string | undefined;
  /** What was done last, for who listens. */
  readonly notice: string;
  readonly isSending: boolean;
  move(appointment: AppointmentView, proposal: TimeProposal, reason: MoveReason): Promise<void>;
  cancel(appointment: AppointmentView, body: z.input<typeof CancelBody>): Promise<void>;
}

/** Moves and cancels booked times; `onChanged` after each, whether it went well or not. */
export function useChanges(client: TimesClient, today: string, onChanged: () => void): Changes {
  const [failure, setFailure] = useState<string>();
  const [notice, setNotice] = useState('');
  const [isSending, setIsSending] = useState(false);

  const send = async (what: () => Promise<string>) => {
    setIsSending(true);
    setFailure(undefined);
    setNotice('');
    try {
      setNotice(await what());
    } catch (error) {
      setFailure(PageError.from(error).code);
    } finally {
      setIsSending(false);
      onChanged();
    }
  };

  return {
    failure,
    notice,
    isSending,
    move: (appointment, proposal, reason) =>
      send(async () => {
        const { appointments } = await client.move(appointment, proposal, reason);
        return words.moved(appointments.map((one) => `${one.visitType.name} ${sayTimeSpan(one, today)}`));
      }),
    cancel: (appointment, body) =>
      send(async () => {
        const { appointments, remarks } = await client.cancel(appointment, body);
        return words.cancelled(
          appointments.map(({ visitType }) => visitType.name),
          remarks,
        );
      }),
  };
}
