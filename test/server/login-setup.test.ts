import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../../src/access/demo-accounts.ts';
import { hashPassword } from '../../src/access/passwords.ts';
import { withServeOptions } from '../../src/cli/serve-options.ts';
import { loadConfig } from '../../src/config.ts';
import { DemoAccounts, Me } from '../../src/contracts/access-api.ts';
import { seedDemo } from '../../src/storage/demo/seed-demo.ts';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { runApp } from './running-app.ts';
import { signIn } from './signed-in.ts';

const CODE = 'the-code-of-the-log';
const PASSWORD = 'långt nog att minnas';
const FIRST = {
  code: CODE,
  unitName: 'Vårdcentralen Norr',
  username: 'Eva.Ek',
  givenName: 'Eva',
  familyName: 'Ek',
  password: PASSWORD,
  isClinician: false,
};
let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

async function emptyClinic(setupCode: string | undefined = CODE) {
  const { storage, owner } = await cluster.fresh();
  const { app } = await runApp({ clinic: { storage, setupCode } });
  const setUp = (over: object = {}) =>
    app.inject({ method: 'POST', url: '/api/setup', payload: { ...FIRST, ...over } });
  const me = async (headers = {}) => Me.parse((await app.inject({ url: '/api/me', headers })).json());
  return { app, owner, setUp, me };
}

describe('the first account', () => {
  test('is made by who has the code, manages the clinic, and is the only one to be made so', async () => {
    const { app, owner, setUp, me } = await emptyClinic();
    expect(await me()).toMatchObject({ needsSetup: true, demo: false, staff: null });
    expect((await setUp()).statusCode).toBe(204);
    const headers = await signIn(app, 'eva.ek', PASSWORD);
    expect(await me(headers)).toMatchObject({
      needsSetup: false,
      staff: { givenName: 'Eva', roles: ['operator', 'administrator'], units: [{ name: 'Vårdcentralen Norr' }] },
    });
    expect((await setUp({ username: 'other' })).json()).toMatchObject({ status: 409, code: 'CONFLICT' });
    const { rows } = await owner.query(`select actor_id from audit_events where action = 'account-changed'`);
    expect(rows).toEqual([{ actor_id: 'setup' }]);
  });

  test('of two who make it at the same time is one', async () => {
    const { owner, setUp } = await emptyClinic();
    const answers = await Promise.all([setUp({ username: 'one' }), setUp({ username: 'two' })]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409]);
    expect((await owner.query('select id from units')).rows).toHaveLength(1);
  });

  test.each([
    ['another code', { code: 'guessed' }, 401, 'LOGIN_REFUSED'],
    ['a short password', { password: 'elva tecken' }, 400, 'REQUEST_INVALID'],
    ['a user name with spaces', { username: 'eva ek' }, 400, 'REQUEST_INVALID'],
    ['no unit', { unitName: '  ' }, 400, 'REQUEST_INVALID'],
  ])('is not made with %s', async (_what, over, status, code) => {
    const { setUp, me } = await emptyClinic();
    expect((await setUp(over)).json()).toMatchObject({ status, code });
    expect((await me()).needsSetup).toBe(true);
  });
});

describe('the demo clinic', () => {
  test('tells its accounts and their password on its own computer only', async () => {
    const { storage } = await cluster.fresh();
    await seedDemo(storage, { passwordHash: await hashPassword(DEMO_PASSWORD), today: '2026-03-10' });
    const { app } = await runApp({ clinic: { storage } });
    const told = async (headers = {}) =>
      DemoAccounts.parse((await app.inject({ url: '/api/demo-accounts', headers })).json());
    const { password, accounts } = await told();
    expect(accounts.map(({ roles }) => roles.join())).toEqual(expect.arrayContaining(['clinician', 'operator']));
    for (const { username } of accounts) await signIn(app, username, password);
    expect(await told({ 'x-forwarded-for': '192.0.2.7' })).toEqual({ password: '', accounts: [] });
    expect(Me.parse((await app.inject('/api/me')).json())).toMatchObject({ demo: true, needsSetup: false });
  });

  test.each([
    [[], {}, true],
    [[], { TALTID_DEMO: 'off' }, false],
    [['--no-demo'], {}, false],
    [['--no-demo'], { TALTID_DEMO: 'on' }, false],
    [['--demo'], { TALTID_DEMO: 'off' }, true],
  ])('with the flags %j and the settings %j: %s', (flags, environment, isThere) => {
    const command = withServeOptions(new Command()).parse(flags, { from: 'user' });
    expect(loadConfig(environment, command.opts()).demo).toBe(isThere);
  });
});
