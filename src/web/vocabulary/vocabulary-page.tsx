import { useCallback, useEffect, useMemo, useState } from 'react';
import type { VocabularyOverview } from '../../contracts/vocabulary-api.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { vocabularyError, VOCABULARY_MESSAGES as words } from '../messages/vocabulary.sv.ts';
import { PageError } from '../page-error.ts';
import { Failure } from '../shell/failure.tsx';
import { type Notice, NoticeBar } from '../shell/notice-bar.tsx';
import { PageKeys } from '../shell/page-keys.tsx';
import type { PageSession } from '../shell/session.ts';
import { ShellHeader } from '../shell/shell-header.tsx';
import { useSession } from '../shell/use-session.ts';
import { ListPanel } from './list-panel.tsx';
import { ShippedPanel } from './shipped-panel.tsx';
import { Tabs } from './tabs.tsx';
import { TrialSection } from './trial-section.tsx';
import { VocabularyClient } from './vocabulary-client.ts';
import { VOCABULARY_KEYS, vocabularyKeys } from './vocabulary-keys.ts';

const SHIPPED = 'shipped';

/** The words that the recogniser expects: one's own, the unit's, the clinic's, the product's. */
export function VocabularyPage() {
  const { session, failure } = useSession();
  return (
    <>
      <ShellHeader path="/ordlista" session={session} />
      <main>
        {failure !== undefined && <Failure text={vocabularyError(failure)} onRetry={() => location.reload()} />}
        {session === undefined && failure === undefined && <p role="status">{SHELL_MESSAGES.loading}</p>}
        {session && <Lists session={session} />}
      </main>
      <PageKeys keys={VOCABULARY_KEYS} altKeys={vocabularyKeys} />
    </>
  );
}

function Lists({ session }: { session: PageSession }) {
  const client = useMemo(() => new VocabularyClient(session.csrfToken), [session]);
  const [overview, setOverview] = useState<VocabularyOverview>();
  const [failure, setFailure] = useState<string>();
  const [chosen, setChosen] = useState('own');
  const [notice, setNotice] = useState<Notice>();

  const refresh = useCallback(async () => {
    setFailure(undefined);
    await client.overview().then(setOverview, (error) => setFailure(PageError.from(error).code));
  }, [client]);
  useEffect(() => void refresh(), [refresh]);

  if (failure !== undefined && !overview) {
    return <Failure text={vocabularyError(failure)} onRetry={() => void refresh()} />;
  }
  if (!overview) return <p role="status">{words.loading}</p>;
  const { lists, shipped, termsInUse, mostTermsInUse } = overview;
  const list = lists.find(({ key }) => key === chosen);
  const tabs = [
    ...lists.map(({ key, name, terms }) => ({
      key,
      name: name ?? (key === 'own' ? words.own : words.clinic),
      count: terms,
    })),
    { key: SHIPPED, name: words.shipped, count: shipped.terms },
  ];
  const panel = { client, onChanged: refresh, onNotice: setNotice };
  return (
    <>
      <section aria-labelledby="vocabulary-heading">
        <h2 id="vocabulary-heading">{words.heading}</h2>
        <p>
          {words.intro} {words.inUse(termsInUse)}
        </p>
        {termsInUse >= mostTermsInUse && <p className="cut-off">{words.cutOff(mostTermsInUse)}</p>}
        <Tabs label={words.lists} tabs={tabs} chosen={chosen} onChoose={setChosen}>
          {list ? <ListPanel key={chosen} {...panel} list={list} /> : <ShippedPanel {...panel} shipped={shipped} />}
        </Tabs>
      </section>
      <TrialSection client={client} />
      <NoticeBar notice={notice} tell={setNotice} sayError={vocabularyError} />
    </>
  );
}
