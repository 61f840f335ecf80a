import type { Insertable, Kysely } from 'kysely';
import type { PasswordLinksTable } from '../tables/clinic.ts';
import type { PlainTables } from '../tables/tables.ts';

/** Keeps a link for choosing a password; one that the account had before holds no more. */
export async function putPasswordLink(
  tables: Kysely<PlainTables>,
  link: Insertable<PasswordLinksTable>,
): Promise<void> {
  await tables.deleteFrom('passwordLinks').where('staffId', '=', link.staffId).execute();
  await tables.insertInto('passwordLinks').values(link).execute();
}

/** Whose link a token's hash is, while it holds and the account is open. */
export async function passwordLinkOwner(tables: Kysely<PlainTables>, tokenHash: Buffer, now: Date) {
  return tables
    .selectFrom('passwordLinks')
    .innerJoin('staff', 'staff.id', 'passwordLinks.staffId')
    .select(['staff.id', 'staff.version', 'staff.username', 'staff.demo'])
    .where('passwordLinks.tokenHash', '=', tokenHash)
    .where('passwordLinks.expiresAt', '>', now)
    .where('staff.active', '=', true)
    .executeTakeFirst();
}

/** Uses a link up: of two at once, one does. */
export async function spendPasswordLink(tables: Kysely<PlainTables>, tokenHash: Buffer): Promise<boolean> {
  const used = await tables
    .deleteFrom('passwordLinks')
    .where('tokenHash', '=', tokenHash)
    .returning('staffId')
    .execute();
  return used.length > 0;
}

/** An account's link holds no more. */
export async function deletePasswordLinkOf(tables: Kysely<PlainTables>, staffId: string): Promise<void> {
  await tables.deleteFrom('passwordLinks').where('staffId', '=', staffId).execute();
}
