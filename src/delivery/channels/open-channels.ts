import type { Channel, Channels } from '../channel.ts';
import type { DeliverySettings, DeliveryTimes } from '../settings.ts';
import { digitalPostChannel } from './digital-post.ts';
import { noticeChannel, noticeSender } from './notice.ts';

/** The patient page shows every letter that is there: nothing has to be sent for it. */
const PAGE: Channel = { send: async () => ({ is: 'sent' }) };
/** Paper waits for somebody to print it. */
const PRINT: Channel = { send: async () => ({ is: 'ready' }) };

export interface ChannelOptions extends Pick<DeliveryTimes, 'timeoutMs'> {
  /** The address at which patients reach this server, without a path. */
  readonly publicUrl: string;
}

export function openChannels(settings: DeliverySettings, { timeoutMs, publicUrl }: ChannelOptions): Channels {
  return {
    page: PAGE,
    notice: noticeChannel(noticeSender(settings, timeoutMs), publicUrl),
    digital_post: digitalPostChannel(settings.digitalPost, { timeoutMs, publicUrl }),
    print: PRINT,
  };
}
