import { answerAddress } from '../answer-address.ts';
import type { Channel, LetterOnTheWay, Outcome, Reachable } from '../channel.ts';
import { mobileNumber } from '../mobile-number.ts';
import type { DeliverySettings } from '../settings.ts';
import { openMailer } from './mailer.ts';
import { postSigned } from './post-signed.ts';

/** Tells somebody that something waits to be read, never what. */
export interface Notice {
  /** The same at every attempt: the outside knows a repeat by it. */
  readonly id: string;
  readonly to: Pick<Reachable, 'phone' | 'email'>;
  readonly words: { readonly subject: string; readonly text: string };
}

export type SendNotice = (notice: Notice) => Promise<Outcome>;

/** By SMS where there is a mobile number, else or where that is refused by e-mail. Trouble is an outcome. */
export function noticeSender({ mail, sms }: DeliverySettings, timeoutMs: number): SendNotice {
  const mailer = mail && openMailer(mail, timeoutMs);
  const bySms: SendNotice | undefined =
    sms &&
    (async ({ id, to, words: { text } }) => {
      const number = mobileNumber(to.phone);
      if (number === undefined) return NO_ADDRESS;
      return postSigned(sms, { id, body: JSON.stringify({ to: number, text }), timeoutMs });
    });
  const byMail: SendNotice | undefined =
    mailer && (async ({ id, to, words }) => (to.email === null ? NO_ADDRESS : mailer({ id, to: to.email, ...words })));
  const ways = [bySms, byMail].filter((way) => way !== undefined);
  return async (notice) => {
    let outcome: Outcome = { is: 'skipped', reason: 'not_configured' };
    for (const way of ways) {
      const tried = await way(notice);
      // A refusal is worth telling, that there was no address beside it is not.
      if (tried.is !== 'skipped' || outcome.is === 'skipped') outcome = tried;
      if (tried.is === 'sent' || tried.is === 'delayed') break;
    }
    return outcome;
  };
}

const NO_ADDRESS: Outcome = { is: 'skipped', reason: 'no_address' };

/** Tells the reader that there is a letter on the page; nobody who has no way in there. */
export function noticeChannel(send: SendNotice, publicUrl: string): Channel {
  return {
    async send({ deliveryId, letter, to, opensPage }) {
      if (!opensPage) return { is: 'skipped', reason: 'not_configured' };
      return send({ id: deliveryId, to, words: noticeWords(letter, publicUrl) });
    },
  };
}

/** With protected identity not even that it is from health care, nor where it is read: who has it knows where to look. */
function noticeWords({ contents }: LetterOnTheWay['letter'], publicUrl: string): Notice['words'] {
  if (contents.hasProtectedIdentity) return { subject: 'Nytt meddelande', text: 'Du har ett nytt meddelande.' };
  const subject = 'Du har ett brev från vården';
  return { subject, text: `${subject}. Läs det på ${answerAddress(publicUrl)}` };
}
