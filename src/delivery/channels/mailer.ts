import { createTransport, type NodemailerError } from 'nodemailer';
import type { MailServer } from '../../contracts/delivery-settings.ts';
import type { Outcome } from '../channel.ts';

export interface Mail {
  /** Of the delivery: the Message-ID is made of it, so that a repeat is the same message. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * Sends by SMTP, a connection a message. What the server has taken before the connection was lost comes twice, with the
 * same Message-ID: a notice that comes twice does no harm, one that never comes does.
 */
export function openMailer({ smtpUrl, from }: MailServer, timeoutMs: number): (mail: Mail) => Promise<Outcome> {
  const transport = createTransport(
    { url: smtpUrl, disableFileAccess: true, disableUrlAccess: true },
    { from, headers: { 'Auto-Submitted': 'auto-generated' } },
  );
  const domain = domainOf(from);
  return async ({ id, to, subject, text }) => {
    const messageId = `<${id}@${domain}>`;
    try {
      // As an object the address is one, whatever it holds.
      const one = { name: '', address: to };
      await transport.sendMail({ messageId, to: one, subject, text, signal: AbortSignal.timeout(timeoutMs) });
      return { is: 'sent' };
    } catch (error) {
      return outcomeOf(error as NodemailerError);
    }
  };
}

function outcomeOf({ code = '', responseCode, permanent }: NodemailerError): Outcome {
  switch (code) {
    case 'EABORT':
    case 'ETIMEDOUT':
      return { is: 'delayed', reason: 'no_answer' };
    case 'ECONNECTION':
    case 'ESOCKET':
    case 'EDNS':
      return { is: 'delayed', reason: 'unreachable' };
    case 'EENVELOPE':
    case 'EMESSAGE':
      // An address that is none has no answer of the server's.
      if (permanent || responseCode === undefined) return { is: 'failed', reason: 'refused' };
      return { is: 'delayed', reason: 'unavailable' };
    default:
      // A login or certificate that does not hold: somebody puts it right.
      return { is: 'delayed', reason: 'unavailable' };
  }
}

/** "Mottagningen <brev@klinik.se>" -> "klinik.se" */
function domainOf(from: string): string {
  return /@([a-z0-9.-]+)>?\s*$/i.exec(from)?.[1] ?? 'localhost';
}
