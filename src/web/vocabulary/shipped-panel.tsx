import { useCallback, useRef, useState } from 'react';
import type { ShippedTerm, VocabularyOverview } from '../../contracts/vocabulary-api.ts';
import { vocabularyError, VOCABULARY_MESSAGES as words } from '../messages/vocabulary.sv.ts';
import { PageError } from '../page-error.ts';
import { Failure } from '../shell/failure.tsx';
import { Choice } from '../shell/field.tsx';
import type { Notice } from '../shell/notice-bar.tsx';
import { SearchField } from './search-field.tsx';
import { usePages } from './use-pages.ts';
import type { VocabularyClient } from './vocabulary-client.ts';

interface Props {
  readonly client: VocabularyClient;
  readonly shipped: VocabularyOverview['shipped'];
  /** Resolves when the counts are those of the server again. */
  readonly onChanged: () => Promise<void>;
  readonly onNotice: (notice: Notice) => void;
}

/** The list that comes with the product: as a whole and word by word, it can be left out. */
export function ShippedPanel({ client, shipped, onChanged, onNotice }: Props) {
  const [search, setSearch] = useState('');
  const [isOffOnly, setOffOnly] = useState(false);
  /** Shown until the server has answered. */
  const [wished, setWished] = useState<boolean>();
  const enabled = wished ?? shipped.enabled;
  /** Of the last answer: who switches twice does not wait for the counts. */
  const switching = useRef(Promise.resolve(shipped.version));
  const fetchPage = useCallback(
    (after: string | null) => client.shippedTerms(search, isOffOnly, after),
    [client, search, isOffOnly],
  );
  const { items, next, isLoading, failure, loadMore, reload, change } = usePages<ShippedTerm>(fetchPage);

  const attempt = (work: () => Promise<unknown>) =>
    void work()
      .catch((error: unknown) => {
        onNotice({ text: vocabularyError(PageError.from(error).code), isFailure: true });
        void reload();
      })
      .then(onChanged)
      .then(() => setWished(undefined));
  const switchAll = (isOn: boolean) => {
    setWished(isOn);
    const answered = switching.current.then((version) =>
      client.switchShipped(Math.max(version, shipped.version), isOn),
    );
    switching.current = answered.then(
      ({ version }) => version,
      () => shipped.version,
    );
    attempt(() => answered);
  };
  const switchTerm = (term: string, isOn: boolean) => {
    change((before) => before.map((each) => (each.term === term ? { ...each, enabled: isOn } : each)));
    attempt(() => client.switchShippedTerm({ term, enabled: isOn }));
  };

  return (
    <>
      <p className="hint">{words.shippedHint}</p>
      <Choice
        label={words.useShipped}
        hint={words.termsOff(shipped.termsOff)}
        checked={enabled}
        disabled={!shipped.mayChange}
        onChange={({ target }) => switchAll(target.checked)}
      />
      <div className="tools">
        <SearchField onSearch={setSearch} />
        <Choice label={words.onlyOff} checked={isOffOnly} onChange={({ target }) => setOffOnly(target.checked)} />
      </div>
      <ul className={enabled ? 'shipped' : 'shipped unused'}>
        {items.map(({ term, soundsLike, enabled: isOn }) => (
          <li key={term}>
            <Choice
              label={soundsLike === null ? term : `${term} (${words.soundsLike.toLowerCase()} ${soundsLike})`}
              checked={isOn}
              disabled={!shipped.mayChange}
              onChange={({ target }) => switchTerm(term, target.checked)}
            />
          </li>
        ))}
      </ul>
      <p role="status" className="hint">
        {isLoading && items.length === 0 && words.loading}
        {!isLoading && items.length === 0 && (shipped.terms === 0 ? words.noneShipped : words.noneFound)}
      </p>
      {failure !== undefined && <Failure text={vocabularyError(failure)} onRetry={() => void loadMore()} />}
      {next !== null && failure === undefined && (
        <button type="button" onClick={() => void loadMore()}>
          {words.more}
        </button>
      )}
    </>
  );
}
