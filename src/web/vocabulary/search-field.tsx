import { useId } from 'react';
import { VOCABULARY_MESSAGES as words } from '../messages/vocabulary.sv.ts';

/** Narrows a list while one types. */
export function SearchField({ onSearch }: { onSearch: (text: string) => void }) {
  const id = useId();
  return (
    <search className="search-term">
      <label htmlFor={id}>{words.search}</label>
      <input
        id={id}
        data-key="search"
        type="search"
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => onSearch(target.value.trim())}
      />
    </search>
  );
}
