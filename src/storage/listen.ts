import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** `taltid_events` carries an event's id; `taltid_outbox` nothing; `taltid_vocabulary` which lists of words changed. */
export type Channel = 'taltid_events' | 'taltid_outbox' | 'taltid_vocabulary';

const RECONNECT_AFTER_MS = 500;
const CONNECT_TIMEOUT_MS = 5_000;

export interface Listening {
  close(): Promise<void>;
}

/**
 * Hears PostgreSQL's notifications on a connection of its own, made again when it breaks. Notifications are a hint, not
 * a queue: `onReady` is called at each new connection, because something may have been missed before it.
 */
export async function listen(
  connection: pg.ClientConfig,
  channels: readonly Channel[],
  onNotification: (channel: Channel, payload: string) => void,
  onReady: () => void = () => undefined,
): Promise<Listening> {
  let isClosed = false;
  let client: pg.Client | undefined;

  const connect = async () => {
    const made = new pg.Client({
      ...connection,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'taltid-listen',
    });
    made.on('error', () => undefined);
    made.on('notification', ({ channel, payload }) => onNotification(channel as Channel, payload ?? ''));
    try {
      await made.connect();
      for (const channel of channels) await made.query(`listen ${made.escapeIdentifier(channel)}`);
    } catch (error) {
      await made.end().catch(() => undefined);
      throw error;
    }
    made.once('end', () => void reconnect());
    client = made;
    onReady();
  };

  const reconnect = async () => {
    while (!isClosed) {
      await sleep(RECONNECT_AFTER_MS);
      if (isClosed) return;
      try {
        await connect();
        return;
      } catch {
        // The server is not back yet.
      }
    }
  };

  await connect();
  return {
    async close() {
      isClosed = true;
      await client?.end().catch(() => undefined);
    },
  };
}
