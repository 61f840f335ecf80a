import { useCallback, useState } from 'react';
import type { UnitView } from '../../contracts/access-api-accounts.ts';
import type { ApiKeyView, MadeApiKey } from '../../contracts/access-api-keys.ts';
import { adminError, ADMIN_MESSAGES as words } from '../messages/drift.sv.ts';
import { KEY_WORDS, SCOPE_WORDS } from '../messages/drift-keys.sv.ts';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useLoaded } from '../shell/use-loaded.ts';
import { useSending } from '../shell/use-sending.ts';
import type { AdminClient } from './admin-client.ts';
import { KeyForm } from './key-form.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { Fetched, ViewHead, type ViewParts } from './view-parts.tsx';

type Opened =
  | { readonly kind: 'form' }
  | { readonly kind: 'made'; readonly key: MadeApiKey }
  | { readonly kind: 'end'; readonly key: ApiKeyView };

/** Keys by which programs come in: who answers for each, what it may do, and until when. */
export function KeysView({ client, tell }: ViewParts) {
  const loaded = useLoaded(
    client,
    useCallback(async () => {
      const [keys, units] = await Promise.all([client.apiKeys(), client.units()]);
      return { keys, units };
    }, [client]),
  );
  const [opened, open] = useState<Opened>();
  const close = () => open(undefined);

  return (
    <section>
      <ViewHead heading={KEY_WORDS.heading} hint={KEY_WORDS.hint}>
        <button type="button" id="new" className="primary" onClick={() => open({ kind: 'form' })}>
          {KEY_WORDS.create}
        </button>
      </ViewHead>
      <Fetched of={loaded}>
        {({ keys, units }) => (
          <>
            {keys.length === 0 ? (
              <p className="empty">{KEY_WORDS.none}</p>
            ) : (
              <KeyTable keys={keys} units={units} onEnd={(key) => open({ kind: 'end', key })} />
            )}
            {opened?.kind === 'form' && (
              <KeyForm client={client} units={units} onMade={(key) => open({ kind: 'made', key })} onClose={close} />
            )}
          </>
        )}
      </Fetched>
      {opened?.kind === 'made' && (
        <SecretDialog
          heading={KEY_WORDS.madeHeading(opened.key.name)}
          hint={KEY_WORDS.madeHint}
          label={KEY_WORDS.key}
          secret={opened.key.token}
          onClose={close}
        />
      )}
      {opened?.kind === 'end' && (
        <EndDialog
          client={client}
          apiKey={opened.key}
          onEnded={() => {
            close();
            tell({ text: KEY_WORDS.ended(opened.key.name) });
          }}
          onClose={close}
        />
      )}
    </section>
  );
}

function KeyTable({
  keys,
  units,
  onEnd,
}: {
  keys: readonly ApiKeyView[];
  units: readonly UnitView[];
  onEnd: (key: ApiKeyView) => void;
}) {
  const now = new Date();
  return (
    <table>
      <thead>
        <tr>
          {KEY_WORDS.columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          <th scope="col">{words.actions}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => {
          const { id, name, unitId, ownerName, scopes, lastUsedAt } = key;
          const ending = endingInWords(key, now);
          return (
            <tr key={id} className={ending === undefined ? undefined : 'ended'}>
              <th scope="row">
                {name}
                <span className="hint">{units.find((unit) => unit.id === unitId)?.name}</span>
              </th>
              <td>{scopes.map((scope) => SCOPE_WORDS[scope]).join(', ')}</td>
              <td>{ownerName}</td>
              <td>{ending ?? KEY_WORDS.until(words.day(key.expiresAt))}</td>
              <td>{lastUsedAt ? words.at(lastUsedAt) : KEY_WORDS.neverUsed}</td>
              <td className="row-actions">
                {key.revokedAt === null && (
                  <button type="button" aria-label={`${KEY_WORDS.end} ${name}`} onClick={() => onEnd(key)}>
                    {KEY_WORDS.end}
                  </button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Why a key opens nothing; undefined for one that does. */
function endingInWords({ revokedAt, expiresAt, isAnswered }: ApiKeyView, now: Date): string | undefined {
  if (revokedAt) return KEY_WORDS.revoked(words.day(revokedAt));
  if (expiresAt <= now) return KEY_WORDS.expired(words.day(expiresAt));
  return isAnswered ? undefined : KEY_WORDS.unanswered;
}

/** It cannot be taken back, so it asks once. */
function EndDialog({
  client,
  apiKey,
  onEnded,
  onClose,
}: {
  client: AdminClient;
  apiKey: ApiKeyView;
  onEnded: () => void;
  onClose: () => void;
}) {
  const { failure, send } = useSending();
  return (
    <FormDialog
      heading={KEY_WORDS.endHeading(apiKey.name)}
      submit={KEY_WORDS.end}
      isFinal
      failure={failure && adminError(failure)}
      onSubmit={() => void send(() => client.endApiKey(apiKey.id).then(onEnded))}
      onClose={onClose}
    >
      <p>{KEY_WORDS.endHint}</p>
    </FormDialog>
  );
}
