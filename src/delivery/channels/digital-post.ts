import type { SignedAddress } from '../../contracts/delivery-settings.ts';
import { composeIssued } from '../../letters/issued.ts';
import { letterAsPdf } from '../../letters/to-pdf.ts';
import type { Channel } from '../channel.ts';
import { readAddress } from '../read-address.ts';
import { postSigned } from './post-signed.ts';

/** What a digital post service is sent; a 2xx status says that it has it. */
interface DigitalPost {
  /** The same at every attempt. */
  readonly id: string;
  /** 12 digits. */
  readonly recipient: { readonly personalNumber: string };
  /** Tells nothing of the visit. */
  readonly subject: string;
  readonly pdf: { readonly contentType: 'application/pdf'; readonly base64: string };
  /** A POST there, without a body, tells that the letter was opened. */
  readonly readUrl: string;
}

/** Hands the letter itself to a digital post service. */
export function digitalPostChannel(
  service: SignedAddress | undefined,
  { timeoutMs, publicUrl }: { readonly timeoutMs: number; readonly publicUrl: string },
): Channel {
  return {
    async send({ deliveryId, letter, to }) {
      if (service === undefined) return { is: 'skipped', reason: 'not_configured' };
      if (to.personalNumber === null) return { is: 'skipped', reason: 'no_address' };
      const document = composeIssued(letter);
      const post: DigitalPost = {
        id: deliveryId,
        recipient: { personalNumber: to.personalNumber },
        subject: document.title,
        pdf: { contentType: 'application/pdf', base64: (await letterAsPdf(document)).toString('base64') },
        readUrl: readAddress(publicUrl, deliveryId, service.secret),
      };
      return postSigned(service, { id: deliveryId, body: JSON.stringify(post), timeoutMs });
    },
  };
}
