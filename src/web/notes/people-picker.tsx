import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { NOTE_MENU_MESSAGES as words } from '../messages/note-menu.sv.ts';

const SEARCH_AFTER_MS = 200;

export interface FoundPeople {
  readonly people: readonly { readonly id: string; readonly name: string; readonly more: string }[];
  /** Whether more of the name would find others. */
  readonly hasMore: boolean;
}

interface Props {
  readonly label: string;
  readonly searchLabel: string;
  readonly nobody: string;
  /** Of the radio buttons in the form: its value is the id of who is chosen. */
  readonly name: string;
  readonly find: (search: string) => Promise<FoundPeople>;
}

/** Somebody is searched for by name and chosen from those found: a field, and a radio button for each. */
export function PeoplePicker({ label, searchLabel, nobody, name, find }: Props) {
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<FoundPeople>();
  const [hasFailed, setFailed] = useState(false);
  const list = useRef<HTMLFieldSetElement>(null);
  const finding = useRef(find);
  const fieldId = useId();
  finding.current = find;
  useEffect(() => {
    let isLatest = true;
    const timer = setTimeout(
      () => {
        finding.current(search.trim()).then(
          (answer) => {
            if (!isLatest) return;
            setFound(answer);
            setFailed(false);
          },
          () => isLatest && setFailed(true),
        );
      },
      search === '' ? 0 : SEARCH_AFTER_MS,
    );
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [search]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    list.current?.querySelector('input')?.focus();
  };
  const people = found?.people ?? [];
  return (
    <div className="people-picker">
      <label htmlFor={fieldId}>{searchLabel}</label>
      <input
        id={fieldId}
        type="search"
        autoComplete="off"
        maxLength={100}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
        onKeyDown={onKeyDown}
      />
      <fieldset ref={list} hidden={people.length === 0}>
        <legend>{label}</legend>
        {people.map(({ id, name: called, more }) => (
          <label key={id} className="person">
            <input type="radio" name={name} value={id} />
            <span>{called}</span>
            <span className="hint">{more}</span>
          </label>
        ))}
      </fieldset>
      <p className="hint" role="status">
        {hasFailed ? words.searchFailed : foundInWords(found, search, nobody)}
      </p>
    </div>
  );
}

function foundInWords(found: FoundPeople | undefined, search: string, nobody: string): string {
  if (found === undefined) return '';
  if (found.people.length === 0) return search.trim().length < 2 ? '' : nobody;
  return found.hasMore ? words.moreFound : words.found(found.people.length);
}
