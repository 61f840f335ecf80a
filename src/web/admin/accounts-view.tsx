import { useCallback, useState } from 'react';
import type { Account, MadePasswordLink, UnitView } from '../../contracts/access-api-accounts.ts';
import { withSwedishLetters } from '../../contracts/follow-up-words.ts';
import { ADMIN_MESSAGES as words } from '../messages/drift.sv.ts';
import { ACCOUNT_WORDS } from '../messages/drift-accounts.sv.ts';
import { ROLE_WORDS } from '../messages/shell.sv.ts';
import { passwordLink } from '../shell/login-path.ts';
import { useLoaded } from '../shell/use-loaded.ts';
import { AccountForm } from './account-form.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { SignInDialog } from './sign-in-dialog.tsx';
import { Fetched, ViewHead, type ViewParts } from './view-parts.tsx';

/** What is open beside the list. */
type Opened =
  | { readonly kind: 'form'; readonly account?: Account }
  | { readonly kind: 'sign-in'; readonly account: Account }
  | { readonly kind: 'link'; readonly account: Account; readonly link: MadePasswordLink };

/** Who works at the operator's units, what each may do, and how they sign in. */
export function AccountsView({ client, session, tell }: ViewParts) {
  const loaded = useLoaded(
    client,
    useCallback(async () => {
      const [accounts, units] = await Promise.all([client.accounts(), client.units()]);
      return { accounts, units };
    }, [client]),
  );
  const [opened, open] = useState<Opened>();
  const close = () => open(undefined);
  const done = (text: string, undo?: () => Promise<unknown>) => {
    close();
    tell({ text, ...(undo && { undo }) });
  };

  return (
    <section>
      <ViewHead heading={ACCOUNT_WORDS.heading} hint={ACCOUNT_WORDS.hint}>
        <button type="button" id="new" className="primary" onClick={() => open({ kind: 'form' })}>
          {ACCOUNT_WORDS.create}
        </button>
      </ViewHead>
      <Fetched of={loaded}>
        {({ accounts, units }) => (
          <>
            <AccountTable accounts={accounts} units={units} onOpen={open} />
            {opened?.kind === 'form' && (
              <AccountForm
                client={client}
                account={opened.account}
                isOwn={opened.account?.id === session.staff.id}
                units={units}
                onLink={(account, link) => open({ kind: 'link', account, link })}
                onDone={done}
                onClose={close}
              />
            )}
          </>
        )}
      </Fetched>
      {opened?.kind === 'sign-in' && (
        <SignInDialog
          client={client}
          account={opened.account}
          isOwn={opened.account.id === session.staff.id}
          onLink={(link) => open({ kind: 'link', account: opened.account, link })}
          onDone={done}
          onClose={close}
        />
      )}
      {opened?.kind === 'link' && (
        <SecretDialog
          heading={ACCOUNT_WORDS.linkHeading(opened.account.givenName)}
          hint={ACCOUNT_WORDS.linkHint(words.at(opened.link.expiresAt))}
          label={ACCOUNT_WORDS.link}
          secret={passwordLink(location.origin, opened.link.token, opened.account.username)}
          onClose={close}
        />
      )}
    </section>
  );
}

function AccountTable({
  accounts,
  units,
  onOpen,
}: {
  accounts: readonly Account[];
  units: readonly UnitView[];
  onOpen: (opened: Opened) => void;
}) {
  const nameOf = new Map(units.map(({ id, name }) => [id, name]));
  return (
    <table>
      <thead>
        <tr>
          {ACCOUNT_WORDS.columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          <th scope="col">{words.actions}</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => {
          const { id, givenName, familyName, username, profession, roles, unitIds, active } = account;
          const name = `${givenName} ${familyName}`;
          // Of units that somebody else manages, that there are such.
          const unitNames = unitIds.map((unitId) => nameOf.get(unitId) ?? ACCOUNT_WORDS.otherUnit);
          return (
            <tr key={id} className={active ? undefined : 'ended'}>
              <th scope="row">
                {name}
                <span className="hint">{username}</span>
              </th>
              <td>
                {roles.map((role) => ROLE_WORDS[role]).join(', ') || ACCOUNT_WORDS.noRole}
                {profession !== null && <span className="hint">{withSwedishLetters(profession)}</span>}
              </td>
              <td>{[...new Set(unitNames)].sort((a, b) => a.localeCompare(b, 'sv')).join(', ')}</td>
              <td>{stateInWords(account)}</td>
              <td className="row-actions">
                <button
                  type="button"
                  aria-label={`${ACCOUNT_WORDS.change} ${name}`}
                  onClick={() => onOpen({ kind: 'form', account })}
                >
                  {ACCOUNT_WORDS.change}
                </button>
                <button
                  type="button"
                  aria-label={`${ACCOUNT_WORDS.signIn} ${name}`}
                  onClick={() => onOpen({ kind: 'sign-in', account })}
                >
                  {ACCOUNT_WORDS.signIn}
                </button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Whether somebody can sign in, and has. */
function stateInWords({ active, hasPassword, linkExpiresAt, sessions }: Account): string {
  if (!active) return ACCOUNT_WORDS.closed;
  if (!hasPassword) return linkExpiresAt ? ACCOUNT_WORDS.linkUntil(words.at(linkExpiresAt)) : ACCOUNT_WORDS.noPassword;
  return sessions === 0 ? ACCOUNT_WORDS.open : ACCOUNT_WORDS.signedIn(sessions);
}
