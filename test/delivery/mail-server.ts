import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface ReceivedMail {
  readonly to: readonly string[];
  /** As it came over the wire. */
  readonly raw: string;
  readonly messageId: string;
}

/** What a mail server does with a message that has come. */
type Taking = 'takes' | 'takes and falls silent' | 'refuses the reader' | 'is full' | 'hangs';

/** A real SMTP server on this machine that behaves as a test wants. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  taking: Taking = 'takes';
  readonly #server: SMTPServer;

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, callback) => {
        if (this.taking === 'hangs') return;
        if (this.taking === 'refuses the reader') callback(answer('no such mailbox', 550));
        else if (this.taking === 'is full') callback(answer('mailbox full', 452));
        else callback();
      },
      onData: (stream, session, callback) => {
        const take = (raw: string) => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          this.received.push({ to, raw, messageId: /^message-id: (.*)$/im.exec(raw)?.[1]?.trim() ?? '' });
          if (this.taking !== 'takes and falls silent') callback();
        };
        // Of a client that is killed in the middle nothing has come.
        void rawOf(stream).then(take, callback);
      },
    });
    this.#server.on('error', () => undefined);
  }

  static async start(): Promise<MailServer> {
    const mail = new MailServer();
    mail.#server.listen(0, '127.0.0.1');
    await once(mail.#server.server, 'listening');
    onTestFinished(() => mail.stop());
    return mail;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(resolve);
    for (const connection of this.#server.connections) connection.close();
    await promise;
  }
}

function answer(message: string, responseCode: number): Error {
  return Object.assign(new Error(message), { responseCode });
}

async function rawOf(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
