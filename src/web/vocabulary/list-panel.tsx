import { useCallback, useEffect, useRef, useState } from 'react';
import type { ListedTerm, VocabularyOverview } from '../../contracts/vocabulary-api.ts';
import { vocabularyError, VOCABULARY_MESSAGES as words } from '../messages/vocabulary.sv.ts';
import { PageError } from '../page-error.ts';
import { Failure } from '../shell/failure.tsx';
import type { Notice } from '../shell/notice-bar.tsx';
import { AddTermForm } from './add-term-form.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { SearchField } from './search-field.tsx';
import { TermTable } from './term-table.tsx';
import { usePages } from './use-pages.ts';
import { exportPath, type VocabularyClient } from './vocabulary-client.ts';

type List = VocabularyOverview['lists'][number];

interface Props {
  readonly client: VocabularyClient;
  readonly list: List;
  /** Something is another on the server: the counts are to be fetched anew. */
  readonly onChanged: () => Promise<void>;
  readonly onNotice: (notice: Notice) => void;
}

/** One list that can be changed: adding, finding, changing, files. */
export function ListPanel({ client, list: { key, name, terms, mostTerms, mayChange }, onChanged, onNotice }: Props) {
  const [search, setSearch] = useState('');
  const [changing, setChanging] = useState<ListedTerm>();
  const [isImporting, setImporting] = useState(false);
  const versions = useRef(new Map<string, number>());
  const lastChange = useRef(Promise.resolve());
  /** Of a term that is about to go from the page with what has the focus. */
  const removedPlace = useRef<number>(undefined);
  const fetchPage = useCallback((after: string | null) => client.terms(key, search, after), [client, key, search]);
  const { items, next, isLoading, failure, loadMore, reload, change } = usePages<ListedTerm>(fetchPage);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the row is gone once the terms are drawn anew
  useEffect(() => {
    const place = removedPlace.current;
    removedPlace.current = undefined;
    if (place !== undefined) focusNear(place);
  }, [items]);

  const replace = (changed: ListedTerm) => {
    versions.current.set(changed.id, changed.version);
    change((before) => before.map((each) => (each.id === changed.id ? changed : each)));
  };
  /** As the last answer told it: whoever is quick changes a term again before it is drawn anew. */
  const latest = ({ id, version }: ListedTerm) => ({ id, version: Math.max(version, versions.current.get(id) ?? 0) });
  /** One change after another. What is seen is as the server has it, also after a refusal, which it throws. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = lastChange.current.then(work).finally(onChanged);
    lastChange.current = done.catch(() => reload());
    return done;
  };
  const attempt = (work: () => Promise<void>) => {
    inTurn(work).catch((error: unknown) =>
      onNotice({ text: vocabularyError(PageError.from(error).code), isFailure: true }),
    );
  };

  const use = (listed: ListedTerm, enabled: boolean) => {
    change((before) => before.map((each) => (each.id === listed.id ? { ...each, enabled } : each)));
    attempt(async () => replace(await client.change(latest(listed), { enabled })));
  };
  const remove = (listed: ListedTerm) => {
    const { id, term } = listed;
    const place = items.findIndex((each) => each.id === id);
    attempt(async () => {
      const removed = await client.remove(latest(listed));
      removedPlace.current = place;
      change((before) => before.filter((each) => each.id !== id));
      const undo = () =>
        inTurn(async () => {
          await client.restore(removed);
          await reload();
        });
      onNotice({ text: words.removed(term), undo });
    });
  };

  const isEmpty = items.length === 0 && !isLoading && failure === undefined;
  return (
    <>
      <p className="hint">
        {key === 'own' ? words.ownHint : key === 'clinic' ? words.clinicHint : words.unitHint(name ?? '')}
      </p>
      {mayChange && (
        <AddTermForm
          client={client}
          list={key}
          onAdded={(term) => {
            onNotice({ text: words.added(term) });
            void reload();
            void onChanged();
          }}
        />
      )}
      <div className="tools">
        <SearchField onSearch={setSearch} />
        <p className="files">
          {mayChange && (
            <button type="button" onClick={() => setImporting(true)}>
              {words.takeIn}
            </button>
          )}
          <span>
            {words.saveAs} <a href={exportPath(key, 'tsv')}>{words.tsv}</a>{' '}
            <a href={exportPath(key, 'csv')}>{words.csv}</a>
          </span>
        </p>
      </div>
      {items.length > 0 && (
        <TermTable terms={items} mayChange={mayChange} onChange={setChanging} onUse={use} onRemove={remove} />
      )}
      <p role="status" className="hint">
        {isLoading && items.length === 0 ? words.loading : ''}
        {isEmpty && (search === '' ? words.none : words.noneFound)}
        {!isEmpty && terms > mostTerms / 2 && words.room(terms, mostTerms)}
      </p>
      {failure !== undefined && <Failure text={vocabularyError(failure)} onRetry={() => void loadMore()} />}
      {next !== null && failure === undefined && (
        <button type="button" onClick={() => void loadMore()}>
          {words.more}
        </button>
      )}
      {changing && (
        <ChangeDialog
          client={client}
          listed={changing}
          onChanged={(changed) => {
            replace(changed);
            void onChanged();
          }}
          onClose={() => setChanging(undefined)}
        />
      )}
      {isImporting && (
        <ImportDialog
          client={client}
          list={key}
          onTaken={(counts) => {
            onNotice({ text: words.takenIn(counts) });
            void reload();
            void onChanged();
          }}
          onClose={() => setImporting(false)}
        />
      )}
    </>
  );
}

/** The next one after a term that is gone, else the way to find others. */
function focusNear(place: number): void {
  const buttons = document.querySelectorAll<HTMLElement>('.term-actions button:last-child');
  const next = buttons[place] ?? buttons[buttons.length - 1];
  (next ?? document.querySelector<HTMLElement>('[data-key="search"]'))?.focus();
}
