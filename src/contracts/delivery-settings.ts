import { z } from 'zod';
import { WebhookSecret } from './webhooks.ts';

/** A server that takes mail, and who the mail is from. */
export interface MailServer {
  /** smtp:// or smtps://, with name and password where they are needed. */
  readonly smtpUrl: string;
  readonly from: string;
}

/** An address that messages are posted to, and what they are signed with (whsec_ and base64). */
export interface SignedAddress {
  readonly url: string;
  readonly secret: string;
}

/** smtps://name:password@mail.klinik.se?from=brev@klinik.se */
export const MailServerAddress = z.string().transform((text, context): MailServer => {
  const url = URL.parse(text);
  const from = url?.searchParams.get('from') ?? '';
  if (url === null || !/^smtps?:$/.test(url.protocol) || !/^[^@\r\n]*[^@\s]@[^@\s]+$/.test(from)) {
    context.addIssue('an address such as smtps://name:password@mail.klinik.se?from=brev@klinik.se');
    return z.NEVER;
  }
  url.searchParams.delete('from');
  return { smtpUrl: url.href, from };
});

/** https://sms.klinik.se/send#whsec_... */
export const SignedServiceAddress = z.string().transform((text, context): SignedAddress => {
  const url = URL.parse(text);
  const secret = WebhookSecret.safeParse(url?.hash.slice(1)).data;
  if (url === null || !/^https?:$/.test(url.protocol) || secret === undefined) {
    context.addIssue('an address such as https://sms.klinik.se/send#whsec_..., the secret in base64 after #');
    return z.NEVER;
  }
  url.hash = '';
  return { url: url.href, secret };
});
