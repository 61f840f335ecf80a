import { type FormEvent, useState } from 'react';
import { type FoundPatient, FoundPatients, MIN_SEARCH_CHARACTERS } from '../../contracts/access-api-log.ts';
import { logError, LOG_MESSAGES as words } from '../messages/log.sv.ts';
import { PageError } from '../page-error.ts';
import { askApi } from '../shell/ask-api.ts';
import { Failure } from '../shell/failure.tsx';

type Search =
  | { readonly phase: 'none' | 'running' }
  | { readonly phase: 'failed'; readonly code: string }
  | { readonly phase: 'done'; readonly items: readonly FoundPatient[] };

/** Finds a patient of one's own units. */
export function PatientSearchForm({ onFound }: { onFound: (patient: FoundPatient) => void }) {
  const [search, setSearch] = useState<Search>({ phase: 'none' });

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('search'));
    setSearch({ phase: 'running' });
    try {
      const { items } = await askApi(`/api/patients?search=${encodeURIComponent(text)}`, FoundPatients);
      setSearch({ phase: 'done', items });
    } catch (error) {
      setSearch({ phase: 'failed', code: PageError.from(error).code });
    }
  };

  return (
    <section aria-labelledby="search-heading">
      <h2 id="search-heading">{words.searchHeading}</h2>
      <p className="hint">{words.searchHint}</p>
      <search>
        <form className="search" onSubmit={submit}>
          <label htmlFor="search">{words.search}</label>
          <input
            id="search"
            name="search"
            type="search"
            required
            minLength={MIN_SEARCH_CHARACTERS}
            maxLength={100}
            autoComplete="off"
          />
          <button type="submit" className="primary">
            {words.doSearch}
          </button>
        </form>
      </search>
      <p role="status">{search.phase === 'running' ? words.searching : ''}</p>
      {search.phase === 'failed' && <Failure text={logError(search.code)} />}
      {search.phase === 'done' && search.items.length === 0 && <p>{words.noneFound}</p>}
      {search.phase === 'done' && (
        <ul className="found">
          {search.items.map((patient) => (
            <li key={patient.id}>
              <button type="button" onClick={() => onFound(patient)}>
                <span>{patient.name ?? words.protectedIdentity}</span>
                <span className="hint">{patient.numberBegins}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
