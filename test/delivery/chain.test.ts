import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChainStation } from '../../src/contracts/delivery.ts';
import { sendBy, stopLetter, toldBy } from '../../src/delivery/by-hand.ts';
import { issueLetter } from '../../src/delivery/issue.ts';
import { mustPhone } from '../../src/delivery/near-visit.ts';
import { keepLettersUp } from '../../src/delivery/upkeep.ts';
import { revokeAnswerCodes } from '../../src/storage/repositories/answer-codes.ts';
import { type Letter, lettersOfChain, markLetterRead, stepsOfLetter } from '../../src/storage/repositories/letters.ts';
import { eventsSince } from '../../src/storage/repositories/logs.ts';
import { queueRowsById } from '../../src/storage/repositories/queue-page.ts';
import { countQueue } from '../../src/storage/repositories/task-queue.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { asAdministrator } from '../appointments/planted-chain.ts';
import { RedisServer } from '../queue/redis-server.ts';
import { BACKENDS, eventually } from '../queue/running-queue.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { Receiver } from '../webhooks/receiver.ts';
import { MailServer } from './mail-server.ts';
import { type LetterClinic, letterNow, plantBooked, plantLetterClinic, sendLetter } from './planted-letter.ts';
import { runPostOffice, SECRET } from './post-office.ts';

const FROM = 'Tidboken <brev@klinik.test>';
/** Does not wait long for an answer. */
const IMPATIENT = { timeoutMs: 400 };
/** As a unit begins, but for the hours. */
const HURRIED: readonly ChainStation[] = [
  { channel: 'page', waitHours: 0 },
  { channel: 'notice', waitHours: 0 },
  { channel: 'digital_post', waitHours: 0 },
  { channel: 'print', waitHours: null },
];

let cluster: TestCluster;
let database: TestDatabase;
let storage: Storage;
beforeAll(async () => {
  cluster = await startTestCluster();
});
beforeEach(async () => {
  database = await cluster.fresh();
  ({ storage } = database);
});
afterAll(() => cluster.close());

const statesOf = async (planted: LetterClinic, letterId: string) =>
  (await letterNow(storage, planted, letterId)).ways.map(({ channel, state, reason }) => [channel, state, reason]);

async function settled(planted: LetterClinic, letterId: string, ways: readonly (readonly unknown[])[]): Promise<void> {
  await eventually(async () => expect(await statesOf(planted, letterId)).toEqual(ways));
}

/** As if its hours had passed, and its job had been lost with the queue. */
async function letTimePass(): Promise<void> {
  await database.owner.query(`
    select set_config('taltid.actor_kind', 'system', false), set_config('taltid.actor_id', 'delivery', false),
      set_config('taltid.purpose', 'operation', false), set_config('taltid.request_id', 'clock', false)`);
  await database.owner.query(`update letter_deliveries set due_at = due_at - interval '49 hours' where due_at > now()`);
  await keepLettersUp(storage, new Date());
}

const hoursAhead = (at: Date) => Math.round((at.getTime() - Date.now()) / 3_600_000);

describe.each(BACKENDS)('with $kind', ({ kind, isMissing }) => {
  let redis: RedisServer | undefined;
  beforeAll(async () => {
    if (kind === 'redis' && !isMissing) redis = await RedisServer.start();
  });
  afterAll(() => redis?.close());

  test.skipIf(isMissing)('unread after 48 hours a letter goes on to the next channel, to paper at last', async () => {
    const mail = await MailServer.start();
    const post = await Receiver.start();
    await runPostOffice(
      storage,
      { mail: { smtpUrl: mail.url, from: FROM }, digitalPost: { url: post.url, secret: SECRET } },
      { redis },
    );
    const planted = await plantLetterClinic(storage);
    const { id, contents } = await sendLetter(storage, planted, await plantBooked(storage, planted));
    await eventually(() => expect(mail.received).toHaveLength(1));
    await settled(planted, id, [
      ['page', 'sent', null],
      ['notice', 'sent', null],
      ['digital_post', 'waiting', null],
      ['print', 'waiting', null],
    ]);
    const { letter, ways, taskState } = await letterNow(storage, planted, id);
    expect([letter.state, taskState]).toEqual(['sent', 'called']);
    expect([hoursAhead(ways[2]!.dueAt!), ways[3]!.dueAt]).toEqual([48, null]);

    const [told] = mail.received;
    expect(told!.to).toEqual(['asa@patient.test']);
    expect(told!.raw).toContain('Subject: =?UTF-8?');
    expect(told!.messageId).toBe(`<${ways[1]!.id}@klinik.test>`);
    for (const word of ['Prov', 'Mottagningen', 'terbes', 'Elin', contents.answer!.code]) {
      expect(told!.raw).not.toContain(word);
    }

    await letTimePass();
    await eventually(() => expect(post.received).toHaveLength(1));
    const sent = JSON.parse(post.received[0]!.body);
    expect(Buffer.from(sent.pdf.base64, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    expect(sent).toMatchObject({ id: ways[2]!.id, subject: 'Kallelse från vården' });
    expect(post.received[0]!.headers['webhook-id']).toBe(`letter_${ways[2]!.id}`);

    await eventually(async () => expect((await statesOf(planted, id))[2]).toEqual(['digital_post', 'sent', null]));
    await letTimePass();
    await eventually(async () => expect((await statesOf(planted, id))[3]).toEqual(['print', 'ready', null]));
  });
});

describe('one that was read, stopped or replaced', () => {
  test('goes no further, whatever still waits', async () => {
    const mail = await MailServer.start();
    await runPostOffice(storage, { mail: { smtpUrl: mail.url, from: FROM } });
    const planted = await plantLetterClinic(storage);
    const read = await sendLetter(storage, planted, await plantBooked(storage, planted));
    const stopped = await sendLetter(storage, planted, await plantBooked(storage, planted, 21));
    const replaced = await sendLetter(storage, planted, await plantBooked(storage, planted, 22));
    await eventually(() => expect(mail.received).toHaveLength(3));
    await eventually(async () => {
      for (const { id } of [read, stopped, replaced]) expect((await statesOf(planted, id))[1]![1]).toBe('sent');
    });
    await asAdministrator(storage, planted.clinic, async (transaction) => {
      await markLetterRead(transaction, read.id);
      const { letter } = await letterNow(storage, planted, stopped.id);
      await stopLetter(transaction, letter);
    });
    const again = await sendLetter(storage, planted, { id: replaced.taskId });
    await eventually(async () => expect((await statesOf(planted, again.id))[1]![1]).toBe('sent'));
    await letTimePass();
    await eventually(async () => expect((await statesOf(planted, again.id))[3]![1]).toBe('ready'));
    for (const [letter, why] of [
      [read, 'read'],
      [stopped, 'stopped'],
      [replaced, 'replaced'],
    ] as const) {
      expect((await letterNow(storage, planted, letter.id)).letter.state).toBe(why);
      expect((await statesOf(planted, letter.id)).slice(2)).toEqual([
        ['digital_post', 'stopped', why],
        ['print', 'stopped', why],
      ]);
    }
  });

  test('nor does one about a time that has been', async () => {
    await runPostOffice(storage, {});
    const planted = await plantLetterClinic(storage);
    const { id } = await sendLetter(storage, planted, await plantBooked(storage, planted, -1));
    await eventually(async () =>
      expect((await statesOf(planted, id)).map(([, ...state]) => state)).toEqual(
        Array.from({ length: 4 }, () => ['stopped', 'too_late']),
      ),
    );
  });

  test('a reminder goes to the page and the telephone alone, beside the letter that it reminds of', async () => {
    const sms = await Receiver.start();
    await runPostOffice(storage, { sms: { url: sms.url, secret: SECRET } });
    const planted = await plantLetterClinic(storage);
    const task = await plantBooked(storage, planted);
    const { id } = await sendLetter(storage, planted, task);
    const reminder = await sendLetter(storage, planted, task, { kind: 'paminnelse', preparations: 'as-before' });
    await settled(planted, reminder.id, [
      ['page', 'sent', null],
      ['notice', 'sent', null],
    ]);
    expect((await letterNow(storage, planted, id)).letter.state).not.toBe('replaced');
  });

  test('of two that are sent for the same chain at once, one is', async () => {
    const planted = await plantLetterClinic(storage);
    const task = await plantBooked(storage, planted);
    const seen = { version: task.version, replaces: null };
    const both = await Promise.allSettled([1, 2].map(() => sendLetter(storage, planted, task, { seen })));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find((one) => one.status === 'rejected')!;
    expect(refused.reason).toMatchObject({ code: 'CONFLICT' });
  });
});

describe('where patients do not sign in', () => {
  const CHAIN: readonly ChainStation[] = [
    { channel: 'notice', waitHours: 48 },
    { channel: 'digital_post', waitHours: null },
  ];

  test('nobody is sent to the page by a notice before a letter with its code has come, or once that code is over', async () => {
    const [sms, post] = [await Receiver.start(), await Receiver.start()];
    const settings = { sms: { url: sms.url, secret: SECRET }, digitalPost: { url: post.url, secret: SECRET } };
    await runPostOffice(storage, settings, { patientsSignIn: false });
    const planted = await plantLetterClinic(storage, CHAIN);
    const task = await plantBooked(storage, planted);
    const sendAgain = async (letter: Letter) => {
      const { letter: seen } = await letterNow(storage, planted, letter.id);
      await asAdministrator(storage, planted.clinic, (transaction) => sendBy(transaction, seen, 'notice', new Date()));
    };
    const first = await sendLetter(storage, planted, task);
    await settled(planted, first.id, [
      ['notice', 'skipped', 'not_configured'],
      ['digital_post', 'sent', null],
    ]);
    expect(sms.received).toEqual([]);
    await sendAgain(first);
    await eventually(async () => expect((await statesOf(planted, first.id)).at(-1)).toEqual(['notice', 'sent', null]));
    expect(sms.received).toHaveLength(1);
    await asAdministrator(storage, planted.clinic, (transaction) =>
      revokeAnswerCodes(transaction, first.chainId, new Date()),
    );
    await sendAgain(first);
    const last = ['notice', 'skipped', 'not_configured'];
    await eventually(async () => expect((await statesOf(planted, first.id)).at(-1)).toEqual(last));
  });
});

test('no letter of a real unit goes out that tells an address which leads nowhere; a demo clinic tries on', async () => {
  const planted = await plantLetterClinic(storage);
  const task = await plantBooked(storage, planted);
  const issue = (publicUrl: string) =>
    asAdministrator(storage, planted.clinic, (transaction) =>
      issueLetter(
        transaction,
        { taskId: task.id, kind: 'kallelse', preparations: [] },
        { nowMs: Date.now(), publicUrl },
      ),
    );
  for (const nowhere of ['http://127.0.0.1:8420', 'https://0.0.0.0:8420', 'http://[::]:8420', 'http://localhost']) {
    await expect(issue(nowhere)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  }
  await storage.plain.updateTable('units').set({ demo: true }).execute();
  expect((await issue('http://127.0.0.1:8420')).contents.answer!.address).toBe('http://127.0.0.1:8420/min-tid');
});

describe('with the visit near', () => {
  test('paper has its turn sooner than the chain says, so that it comes in time', async () => {
    const mail = await MailServer.start();
    await runPostOffice(storage, { mail: { smtpUrl: mail.url, from: FROM } });
    const chain: readonly ChainStation[] = [
      { channel: 'notice', waitHours: 500 },
      { channel: 'print', waitHours: null },
    ];
    const planted = await plantLetterClinic(storage, chain);
    const { id, contents } = await sendLetter(storage, planted, await plantBooked(storage, planted, 12));
    await eventually(async () => expect((await statesOf(planted, id))[0]).toEqual(['notice', 'sent', null]));
    const [, paper] = (await letterNow(storage, planted, id)).ways;
    const visitMs = Date.parse(contents.visits[0]!.startsAt);
    expect(paper!.dueAt!.getTime()).toBeLessThan(visitMs - 3 * 24 * 3_600_000);
    expect(paper!.dueAt!.getTime()).toBeGreaterThan(Date.now());
  });

  test('paper that would come too late is passed over, and where nobody could be told the task says so', async () => {
    await runPostOffice(storage, {});
    const planted = await plantLetterClinic(storage);
    const task = await plantBooked(storage, planted, 1);
    const { id } = await sendLetter(storage, planted, task);
    await settled(planted, id, [
      ['page', 'sent', null],
      ['notice', 'skipped', 'not_configured'],
      ['digital_post', 'skipped', expect.stringMatching('not_configured|too_late')],
      ['print', 'skipped', 'too_late'],
    ]);
    const { letter, ways } = await letterNow(storage, planted, id);
    expect([letter.unreached, mustPhone(letter, ways, new Date())]).toEqual([true, true]);
    const [row, lacking] = await asAdministrator(storage, planted.clinic, async (transaction) => [
      (await queueRowsById(transaction, [task.id]))[0],
      await countQueue(transaction, { lacksLetter: true }),
    ]);
    expect([row?.state, row?.lacksLetter, lacking]).toEqual(['called', true, 1]);
    // Every page that lists the task hears of it.
    const events = await eventsSince(storage.plain, [planted.clinic.unitId], { after: 0, limit: 1000 });
    const told = events.findLast(({ object }) => object === 'task');
    expect(told).toMatchObject({ objectId: task.id, chainId: task.chainId });
    expect(told!.id).toBeGreaterThan(events.find(({ object }) => object === 'letter')!.id);
  });
});

describe('a channel that is down', () => {
  test('delays a letter and is told the same id each time, until it takes it', async () => {
    const sms = await Receiver.start();
    const answers: ((response: ServerResponse) => void)[] = [
      (response) => response.writeHead(503, { 'retry-after': '0' }).end(),
      () => undefined,
      (response) => response.destroy(),
      (response) => setTimeout(() => response.writeHead(204).end(), 1_000),
    ];
    sms.answer = (response) => (answers.shift() ?? ((last) => last.writeHead(204).end()))(response);
    await runPostOffice(storage, { sms: { url: sms.url, secret: SECRET } }, { times: IMPATIENT });
    const planted = await plantLetterClinic(storage);
    const { id } = await sendLetter(storage, planted, await plantBooked(storage, planted));
    await eventually(async () => expect((await statesOf(planted, id))[1]).toEqual(['notice', 'sent', null]));
    const { ways } = await letterNow(storage, planted, id);
    expect(ways[1]!.attempts).toBe(5);
    expect(new Set(sms.received.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([`letter_${ways[1]!.id}`]),
    );
    expect(JSON.parse(sms.received[0]!.body)).toEqual({
      to: '+46701740605',
      text: 'Du har ett brev från vården. Läs det på https://tider.klinik.test/min-tid',
    });
    const steps = await asAdministrator(storage, planted.clinic, (transaction) => stepsOfLetter(transaction, id));
    expect(steps.filter(({ step }) => step === 'delayed').map(({ reason }) => reason)).toEqual([
      'unavailable',
      'no_answer',
      'unreachable',
      'no_answer',
    ]);
  });

  test('is passed over when its time is up, and paper is left', async () => {
    const sms = await Receiver.start();
    await sms.stop();
    await runPostOffice(
      storage,
      { sms: { url: sms.url, secret: SECRET } },
      { times: { giveUpAfterMs: 100, delaysMs: [60] } },
    );
    const planted = await plantLetterClinic(storage, HURRIED);
    const { id } = await sendLetter(storage, planted, await plantBooked(storage, planted));
    await settled(planted, id, [
      ['page', 'sent', null],
      ['notice', 'failed', 'unreachable'],
      ['digital_post', 'skipped', 'not_configured'],
      ['print', 'ready', null],
    ]);
    expect((await letterNow(storage, planted, id)).letter.state).toBe('queued');
  });

  test('that refuses the number is not asked again: the e-mail goes instead, and where that is refused, paper', async () => {
    const mail = await MailServer.start();
    const sms = await Receiver.start();
    sms.answer = (response) => response.writeHead(422).end();
    await runPostOffice(storage, {
      mail: { smtpUrl: mail.url, from: FROM },
      sms: { url: sms.url, secret: SECRET },
    });
    const planted = await plantLetterClinic(storage);
    const first = await sendLetter(storage, planted, await plantBooked(storage, planted));
    await eventually(async () => expect((await statesOf(planted, first.id))[1]).toEqual(['notice', 'sent', null]));
    expect([sms.received.length, mail.received.length]).toEqual([1, 1]);
    mail.taking = 'refuses the reader';
    const second = await sendLetter(storage, planted, await plantBooked(storage, planted, 21));
    await settled(planted, second.id, [
      ['page', 'sent', null],
      ['notice', 'failed', 'refused'],
      ['digital_post', 'skipped', 'not_configured'],
      ['print', 'ready', null],
    ]);
    expect((await letterNow(storage, planted, second.id)).ways[1]!.attempts).toBe(1);
  });

  test('that takes a mail and falls silent gets it again with the same Message-ID', async () => {
    const mail = await MailServer.start();
    mail.taking = 'takes and falls silent';
    await runPostOffice(storage, { mail: { smtpUrl: mail.url, from: FROM } }, { times: IMPATIENT });
    const planted = await plantLetterClinic(storage);
    const { id } = await sendLetter(storage, planted, await plantBooked(storage, planted));
    await eventually(() => expect(mail.received.length).toBeGreaterThan(1));
    mail.taking = 'takes';
    await eventually(async () => expect((await statesOf(planted, id))[1]).toEqual(['notice', 'sent', null]));
    expect(new Set(mail.received.map(({ messageId }) => messageId)).size).toBe(1);
  });
});

test('with protected identity a notice tells neither from whom nor where', async () => {
  const sms = await Receiver.start();
  await runPostOffice(storage, { sms: { url: sms.url, secret: SECRET } });
  const planted = await plantLetterClinic(storage, undefined, { protectedIdentity: true });
  await sendLetter(storage, planted, await plantBooked(storage, planted));
  await eventually(() => expect(sms.received).toHaveLength(1));
  expect(JSON.parse(sms.received[0]!.body)).toEqual({ to: '+46701740605', text: 'Du har ett nytt meddelande.' });
});

describe('by hand', () => {
  test('a letter is sent on to paper at once, and asked for twice it is there once', async () => {
    const mail = await MailServer.start();
    await runPostOffice(storage, { mail: { smtpUrl: mail.url, from: FROM } });
    const planted = await plantLetterClinic(storage);
    const { id } = await sendLetter(storage, planted, await plantBooked(storage, planted));
    await eventually(async () => expect((await statesOf(planted, id))[1]![1]).toBe('sent'));
    const { letter } = await letterNow(storage, planted, id);
    const toPaper = () =>
      asAdministrator(storage, planted.clinic, (transaction) => sendBy(transaction, letter, 'print', new Date()));
    await toPaper();
    await toPaper();
    await settled(planted, id, [
      ['page', 'sent', null],
      ['notice', 'sent', null],
      ['digital_post', 'stopped', 'sent_otherwise'],
      ['print', 'ready', null],
    ]);
  });

  test('a letter that was handed over waits for no channel any more', async () => {
    const planted = await plantLetterClinic(storage);
    const sent = await sendLetter(storage, planted, await plantBooked(storage, planted));
    await asAdministrator(storage, planted.clinic, (transaction) => toldBy(transaction, sent, 'hand', new Date()));
    const { letter, ways } = await letterNow(storage, planted, sent.id);
    expect(letter.state).toBe('sent');
    expect(ways.map(({ state }) => state)).toEqual(['stopped', 'stopped', 'stopped', 'stopped', 'sent']);
  });

  test('who was told on the phone is waited for no more, and the task is as others', async () => {
    await runPostOffice(storage, {});
    const planted = await plantLetterClinic(storage);
    const { id } = await sendLetter(storage, planted, await plantBooked(storage, planted, 1));
    await eventually(async () => expect((await letterNow(storage, planted, id)).letter.unreached).toBe(true));
    const { letter } = await letterNow(storage, planted, id);
    await asAdministrator(storage, planted.clinic, (transaction) => toldBy(transaction, letter, 'phone', new Date()));
    const told = await letterNow(storage, planted, id);
    expect([told.letter.state, told.letter.unreached]).toEqual(['sent', false]);
    expect(mustPhone(told.letter, told.ways, new Date())).toBe(false);
  });

  test('what was stopped is not sent again', async () => {
    const planted = await plantLetterClinic(storage);
    const sent = await sendLetter(storage, planted, await plantBooked(storage, planted));
    await expect(
      asAdministrator(storage, planted.clinic, async (transaction) => {
        await stopLetter(transaction, sent);
        const [letter] = await lettersOfChain(transaction, sent.chainId);
        await sendBy(transaction, letter!, 'notice', new Date());
      }),
    ).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
  });
});
