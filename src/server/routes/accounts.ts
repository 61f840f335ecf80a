import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { makePasswordLink, setPassword } from '../../access/password-links.ts';
import { hashPassword } from '../../access/passwords.ts';
import {
  Account,
  AccountChanges,
  AccountList,
  MadePasswordLink,
  NewAccount,
  NewPasswordBody,
} from '../../contracts/access-api-accounts.ts';
import { Id } from '../../contracts/clinic.ts';
import { AppError } from '../../contracts/errors.ts';
import { notFound } from '../../storage/audited-transaction.ts';
import { accountById, accountWithin, listAccounts, setUnitsAmong } from '../../storage/repositories/accounts.ts';
import { deletePasswordLinkOf } from '../../storage/repositories/password-links.ts';
import { deleteSessionsOf } from '../../storage/repositories/sessions.ts';
import { changeStaff, createStaff } from '../../storage/repositories/staff.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext, type StaffActor } from '../actor.ts';
import { apiRoute } from '../api-route.ts';

const OPERATORS = ['operator'] as const;
const params = z.object({ id: Id });

/** Accounts of staff, managed by the operators of their units. */
export async function accountRoutes(app: FastifyInstance, { storage }: { storage: Storage }): Promise<void> {
  apiRoute(
    app,
    { method: 'GET', url: '/api/accounts', summary: "The units' accounts", roles: OPERATORS, answers: AccountList },
    async ({ actor }) => ({ items: await listAccounts(storage.plain, actor.unitIds) }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/accounts',
      summary: 'Make an account',
      roles: OPERATORS,
      body: NewAccount,
      answers: Account,
      status: 201,
    },
    async ({ request, actor, body: { password, roles, unitIds, hsaId = null, ...person } }) => {
      checkUnits(actor, unitIds);
      const passwordHash = password === undefined ? null : await hashPassword(password);
      return storage.withAudit(actor, accessContext(request, 'operation'), async (transaction) => {
        const fields = { ...person, hsaId, accountRoles: roles, passwordHash };
        const { id } = await createStaff(transaction.plain, fields, unitIds);
        transaction.record('account-changed', 'staff', id, detailOf({ made: true, roles }));
        return accountById(transaction.plain, id, actor.unitIds);
      });
    },
  );

  apiRoute(
    app,
    {
      method: 'PATCH',
      url: '/api/accounts/:id',
      summary: 'Change an account, close it or open it again',
      roles: OPERATORS,
      params,
      body: AccountChanges,
      changesVersion: true,
      answers: Account,
    },
    async ({ request, actor, params: { id }, body: { roles, unitIds, ...changes }, version }) => {
      if (unitIds) checkUnits(actor, unitIds);
      return storage.withAudit(actor, accessContext(request, 'operation'), async (transaction) => {
        const { plain } = transaction;
        // Whoever manages one unit of several may say who works there, and no more.
        const isWhole = roles !== undefined || Object.keys(changes).length > 0;
        const account = await (isWhole ? accountWithin : accountById)(plain, id, actor.unitIds);
        const accountRoles = roles ?? account.roles;
        if (id === actor.id && (changes.active === false || !accountRoles.includes('operator'))) throw lastWayIn();
        await changeStaff(plain, id, version, { ...changes, accountRoles });
        if (unitIds) await setUnitsAmong(plain, account, unitIds, actor.unitIds);
        if (changes.active === false) {
          await deleteSessionsOf(plain, id);
          await deletePasswordLinkOf(plain, id);
        }
        transaction.record('account-changed', 'staff', id, detailOf({ roles, unitIds, ...changes }));
        return accountById(plain, id, actor.unitIds);
      });
    },
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/accounts/:id/password',
      summary: 'Give an account another password; it is signed out everywhere',
      roles: OPERATORS,
      params,
      body: NewPasswordBody,
    },
    async ({ request, actor, params: { id }, body: { password } }) => {
      const passwordHash = await hashPassword(password);
      await storage.withAudit(actor, accessContext(request, 'operation'), async (transaction) =>
        setPassword(transaction, await accountWithin(transaction.plain, id, actor.unitIds), passwordHash),
      );
    },
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/accounts/:id/password-link',
      summary: 'Make a link by which the owner of an account chooses a password; its token is in this answer only',
      roles: OPERATORS,
      params,
      answers: MadePasswordLink,
      status: 201,
    },
    async ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'operation'), async (transaction) => {
        const account = await accountWithin(transaction.plain, id, actor.unitIds);
        if (!account.active) throw notLinked('an open account', 'a closed one');
        // Whoever lost the link to the only operator's account could not make another.
        if (id === actor.id) throw notLinked("another's account", 'the own one');
        return makePasswordLink(transaction, account, new Date());
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/accounts/:id/sign-out',
      summary: 'Sign an account out everywhere',
      roles: OPERATORS,
      params,
    },
    async ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'operation'), async (transaction) => {
        await accountById(transaction.plain, id, actor.unitIds);
        await deleteSessionsOf(transaction.plain, id);
        transaction.record('logout', 'staff', id);
      }),
  );
}

/** Operators give away only what is theirs. */
function checkUnits(actor: StaffActor, unitIds: readonly string[]): void {
  if (!unitIds.every((unitId) => actor.unitIds.includes(unitId))) throw notFound('unit');
}

/** What was changed, for the log: which fields, and the roles given. */
function detailOf({
  roles,
  ...changed
}: {
  readonly roles?: readonly string[] | undefined;
  readonly [field: string]: unknown;
}) {
  const fields = Object.keys(changed).filter((field) => changed[field] !== undefined);
  return [...fields, ...(roles ? [`roles: ${roles.join(' ')}`] : [])].join(', ') || null;
}

function notLinked(expected: string, got: string): AppError {
  return new AppError('STATE_NOT_ALLOWED', 'the account gets no link for a password', { expected, got });
}

/** Whoever closed the account that they use could be the last who can open it. */
function lastWayIn(): AppError {
  return new AppError('STATE_NOT_ALLOWED', 'nobody closes the account that they use or takes its operator role', {
    expected: 'another operator',
  });
}
