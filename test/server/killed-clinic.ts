import fc from 'fast-check';
import pg from 'pg';
import { expect, onTestFinished } from 'vitest';
import type { ChainStation } from '../../src/contracts/delivery.ts';
import { BookingQueue } from '../../src/queue/booking-queue.ts';
import { createPatient } from '../../src/storage/repositories/patients.ts';
import { asAdministrator } from '../appointments/planted-chain.ts';
import { MailServer } from '../delivery/mail-server.ts';
import { plantLetterClinic } from '../delivery/planted-letter.ts';
import { SECRET } from '../delivery/post-office.ts';
import { connectionFor, eventually, SHORT_TIMES } from '../queue/running-queue.ts';
import { type Clinic, madeUpNumber } from '../storage/clinic.ts';
import type { TestCluster, TestDatabase } from '../storage/database.ts';
import type { PlantedCalendar } from '../storage/planted-calendar.ts';
import { Receiver } from '../webhooks/receiver.ts';
import { type Death, MortalClinic } from './mortal-clinic.ts';
import { type SignedInHeaders, signedInAs } from './signed-in.ts';

/** Every channel, none of which waits for the one before it. */
const ALL_CHANNELS: readonly ChainStation[] = [
  { channel: 'page', waitHours: 0 },
  { channel: 'notice', waitHours: 0 },
  { channel: 'digital_post', waitHours: 0 },
  { channel: 'print', waitHours: null },
];
/** Of a test in which a dozen servers start, on a busy machine. */
export const KILLS_TIMEOUT_MS = 480_000;
export const BIRTH_DATE = '1975-03-04';
/** What fetch says of a server that has gone, before its answer and within it. */
const CUT_OFF: ReadonlySet<string> = new Set(['fetch failed', 'terminated']);
/** A server that starts on a busy machine has done its work by then. */
const LONG_MS = 120_000;
/** Somebody who was refused looks again so often at one server. */
const TRIES_AT_A_SERVER = 8;

const DEATH: fc.Arbitrary<Death> = fc.oneof(
  fc.record({
    of: fc.constant('statement' as const),
    count: fc.integer({ min: 1, max: 120 }),
    isSent: fc.boolean(),
  }),
  fc.record({ of: fc.constant('commit' as const), count: fc.integer({ min: 1, max: 8 }), isSent: fc.boolean() }),
);

/** Somebody who wants something of the server: whether it is done, so that the server need not be asked again. */
export type Wish = (server: LivingServer) => Promise<boolean>;

export interface LivingServer {
  readonly url: string;
  readonly isAlive: boolean;
}

interface Killing {
  /** So many servers die at moments that the seed says. */
  readonly kills: number;
  readonly seed: number;
  /** Moments at which others die before them. */
  readonly deaths?: readonly Death[];
  /** Holds whenever a server was killed. */
  readonly whole: () => Promise<void>;
}

type Parts = Pick<KilledClinic, 'database' | 'clinic' | 'calendar' | 'mail' | 'sms' | 'post' | 'headers'>;

/** A clinic whose server is killed again and again while it is asked, and the world that it writes to. */
export class KilledClinic {
  readonly database: TestDatabase;
  readonly clinic: Clinic;
  readonly calendar: PlantedCalendar;
  readonly mail: MailServer;
  readonly sms: Receiver;
  readonly post: Receiver;
  /** What a member of the staff sends with each request. */
  readonly headers: SignedInHeaders;
  /** Servers that start from now on remind of visits as at this time, ISO 8601. */
  remindsAt: string | undefined;
  /** How many servers were killed. */
  deaths = 0;

  /** For many who look at once. */
  readonly #database: pg.Pool;

  private constructor(parts: Parts) {
    this.#database = new pg.Pool({ ...parts.database.storage.ownerConnection, max: 4 });
    onTestFinished(() => this.#database.end());
    this.database = parts.database;
    this.clinic = parts.clinic;
    this.calendar = parts.calendar;
    this.mail = parts.mail;
    this.sms = parts.sms;
    this.post = parts.post;
    this.headers = parts.headers;
  }

  static async open(cluster: TestCluster): Promise<KilledClinic> {
    const database = await cluster.fresh();
    const { storage } = database;
    const { clinic, calendar } = await plantLetterClinic(storage, ALL_CHANNELS);
    // Times that patients may take, whatever day it is.
    await asAdministrator(storage, clinic, ({ ofUnits }) =>
      ofUnits.updateTable('slotTemplates').set({ lentUntilDays: 0, onFreeDays: true }).execute(),
    );
    const prepared = await BookingQueue.open({ storage, workers: 0, workerScript: '', log: () => undefined });
    await prepared.close();
    const [mail, sms, post] = [await MailServer.start(), await Receiver.start(), await Receiver.start()];
    const headers = await signedInAs(storage, clinic.administrator.id);
    return new KilledClinic({ database, clinic, calendar, mail, sms, post, headers });
  }

  /** What is stored, as it is now. */
  async rows<Row>(query: string, ...values: unknown[]): Promise<Row[]> {
    return (await this.#database.query(query, values)).rows as Row[];
  }

  /** The clinic with another patient, every other of whom has a mobile telephone and the others e-mail. */
  async patient(number: number): Promise<Clinic> {
    const reached = number % 2 === 0 ? { phone: '070-174 06 05' } : { email: `patient${number}@patient.test` };
    const { id: patientId } = await asAdministrator(this.database.storage, this.clinic, (transaction) =>
      createPatient(transaction, {
        unitId: this.clinic.unitId,
        personalNumber: madeUpNumber(),
        personalNumberKind: 'personnummer',
        givenName: 'Bo',
        familyName: `Prov${number}`,
        birthDate: BIRTH_DATE,
        ...reached,
      }),
    );
    return { ...this.clinic, patientId };
  }

  /**
   * Asks for everything that is wished for, some of it at a time, of one server after another, each of which is killed;
   * what was cut off is asked for again of the next. The last one lives until all is done.
   */
  async ask(wishes: readonly Wish[], { kills, seed, deaths = [], whole }: Killing): Promise<void> {
    const waiting = [...wishes];
    let open: Wish[] = [];
    const all = [...deaths, ...fc.sample(DEATH, { seed, numRuns: kills })];
    const atOnce = Math.ceil(wishes.length / all.length);
    for (const death of all) {
      open.push(...waiting.splice(0, atOnce));
      if (open.length === 0) break;
      open = await this.#askOne(open, death);
      this.deaths++;
      await whole();
    }
    open = await this.#askOne([...open, ...waiting]);
    expect(open).toEqual([]);
  }

  /** Lets a server live until nothing is left to be done, and looks that nothing was given up. */
  async settle(): Promise<void> {
    const server = this.#start();
    onTestFinished(() => server.end());
    const left = `select
        (select count(*)::int from outbox where sent_at is null) as messages,
        (select count(*)::int from letter_deliveries where state = 'waiting' and due_at <= now()) as letters,
        (select count(*)::int from freed_times where over_at is null
          and not exists (select from offers where freed_time_id = freed_times.id and state = 'offered')) as times,
        (select count(*)::int from dead_letters) as given_up`;
    const done = { messages: 0, letters: 0, times: 0, given_up: 0 };
    await eventually(async () => expect(await this.rows(left)).toEqual([done]), LONG_MS);
    await server.end();
  }

  #start(death?: Death): MortalClinic {
    const { storage } = this.database;
    return new MortalClinic({
      database: storage.connection,
      queue: connectionFor(storage, undefined),
      times: SHORT_TIMES,
      letters: {
        mail: { smtpUrl: this.mail.url, from: 'brev@klinik.test' },
        sms: { url: this.sms.url, secret: SECRET },
        digitalPost: { url: this.post.url, secret: SECRET },
      },
      remindsAt: this.remindsAt,
      death,
    });
  }

  /** Those wishes that came to nothing. */
  async #askOne(wishes: readonly Wish[], death?: Death): Promise<Wish[]> {
    const process = this.#start(death);
    const url = (await process.told()) as string;
    const server: LivingServer = {
      url,
      get isAlive() {
        return process.isAlive;
      },
    };
    const isDone = await Promise.all(wishes.map((wish) => untilDone(wish, server)));
    await process.end();
    return wishes.filter((_, index) => !isDone[index]);
  }
}

async function untilDone(wish: Wish, server: LivingServer): Promise<boolean> {
  for (let tries = 0; tries < TRIES_AT_A_SERVER && server.isAlive; tries++) {
    const isDone = await wish(server).catch((error: unknown) => {
      // A request that was cut off: whether it did anything is asked of the next server.
      if (error instanceof TypeError && CUT_OFF.has(error.message)) return false;
      throw error;
    });
    if (isDone) return true;
  }
  return false;
}

/** Looks again and again while the server lives; false when it died before. */
export async function whileAlive(server: LivingServer, look: () => Promise<boolean>): Promise<boolean> {
  return eventually(async () => {
    const isSo = await look();
    expect(isSo || !server.isAlive).toBe(true);
    return isSo;
  }, LONG_MS);
}
