import { useCallback, useMemo, useState } from 'react';
import type { LetterTextsKey } from '../../contracts/letter-texts-api.ts';
import { letterTextsError, LETTER_TEXTS_MESSAGES as words } from '../messages/letter-texts.sv.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { Failure } from '../shell/failure.tsx';
import { SelectField } from '../shell/field.tsx';
import { type Notice, NoticeBar } from '../shell/notice-bar.tsx';
import { PageKeys } from '../shell/page-keys.tsx';
import type { PageSession } from '../shell/session.ts';
import { ShellHeader } from '../shell/shell-header.tsx';
import { useLoaded } from '../shell/use-loaded.ts';
import { useSession } from '../shell/use-session.ts';
import { LetterTextsClient } from './letter-texts-client.ts';
import { TEXTS_KEYS, textsKeys } from './texts-keys.ts';
import { UnitLetters } from './unit-letters.tsx';
import { draftName, useDrafts } from './use-drafts.ts';

/** What a unit writes in its letters, beside a letter that shows it. */
export function LetterTextsPage() {
  const { session, failure } = useSession();
  const isKeeper = session?.staff.roles.includes('administrator');
  return (
    <>
      <ShellHeader path="/brevtexter" session={session} />
      <main>
        {failure !== undefined && <Failure text={letterTextsError(failure)} onRetry={() => location.reload()} />}
        {session === undefined && failure === undefined && <p role="status">{SHELL_MESSAGES.loading}</p>}
        {session && !isKeeper && <p role="alert">{words.notYours}</p>}
        {session && isKeeper && <Texts session={session} />}
      </main>
      <PageKeys keys={TEXTS_KEYS} altKeys={textsKeys} />
    </>
  );
}

function Texts({ session }: { session: PageSession }) {
  const client = useMemo(() => new LetterTextsClient(session.csrfToken), [session]);
  const { units } = session.staff;
  const [unitId, setUnitId] = useState(units[0]?.id ?? '');
  const [key, setKey] = useState<LetterTextsKey>('unit');
  const [notice, tell] = useState<Notice>();
  const drafts = useDrafts();
  const load = useCallback(() => client.list(unitId), [client, unitId]);
  const { data: list, failure, reload } = useLoaded(client, load);
  return (
    <>
      <div className="texts-head">
        <div>
          <h2>{words.heading}</h2>
          <p className="hint">{words.intro}</p>
        </div>
        <div className="texts-choice">
          {units.length > 1 && (
            <SelectField
              label={words.unit}
              value={unitId}
              onChange={({ target }) => {
                setUnitId(target.value);
                setKey('unit');
              }}
            >
              {units.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </SelectField>
          )}
          <SelectField label={words.whose} value={key} onChange={({ target }) => setKey(target.value)}>
            {list?.items.map((item) => (
              <option key={item.key} value={item.key}>
                {item.key === 'unit' ? words.wholeUnit : item.name}
                {item.ownBlocks > 0 && ` · ${words.ownCount(item.ownBlocks)}`}
                {draftName(unitId, item.key) in drafts.texts && ` · ${words.unsaved}`}
              </option>
            ))}
          </SelectField>
        </div>
      </div>
      {failure !== undefined && <Failure text={letterTextsError(failure)} onRetry={() => void reload()} />}
      <UnitLetters
        key={draftName(unitId, key)}
        client={client}
        unitId={unitId}
        textsKey={key}
        name={list?.items.find((item) => item.key === key)?.name ?? ''}
        drafts={drafts}
        tell={tell}
      />
      <NoticeBar notice={notice} tell={tell} sayError={letterTextsError} />
    </>
  );
}
