import type { Actor } from '../contracts/access.ts';
import type { Notice, SendNotice } from '../delivery/channels/notice.ts';
import type { Postponed } from '../queue/attempt.ts';
import type { TakenJob } from '../queue/backends/backend.ts';
import { offerToTell } from '../storage/repositories/offers.ts';
import type { Storage } from '../storage/storage.ts';

export interface NoticeWorld {
  readonly storage: Pick<Storage, 'withAudit' | 'transaction'>;
  readonly send: SendNotice;
  /** The address at which patients reach this server, without a path. */
  readonly publicUrl: string;
}

const DELIVERY: Actor = { kind: 'system', id: 'delivery' };
const RETRY_MS = 5 * 60_000;

/**
 * Tells a patient that something waits on their page: that it is an offered time is not said. What cannot be told now is
 * tried until the offer is over; who has no address finds it on the page. A repeat has the same id.
 */
export async function noticeOfOffer(
  { storage, send, publicUrl }: NoticeWorld,
  job: TakenJob,
  offerId: string,
): Promise<Postponed | undefined> {
  const offer = await storage.withAudit(DELIVERY, { purpose: 'booking', requestId: job.id }, (transaction) =>
    offerToTell(transaction, offerId, new Date()),
  );
  if (offer === undefined) return undefined;
  const { phone, email, protectedIdentity } = offer;
  const outcome = await send({ id: offerId, to: { phone, email }, words: wordsFor(protectedIdentity, publicUrl) });
  return outcome.is === 'delayed' ? { postponeMs: outcome.retryAfterMs ?? RETRY_MS } : undefined;
}

/** With protected identity not even that it is from health care. */
function wordsFor(hasProtectedIdentity: boolean, publicUrl: string): Notice['words'] {
  if (hasProtectedIdentity) return { subject: 'Nytt meddelande', text: 'Du har ett nytt meddelande.' };
  const subject = 'Du har ett meddelande från vården';
  return { subject, text: `${subject} som behöver ditt svar snart. Läs det på ${publicUrl}/min-tid` };
}
