import type { ListedTerm } from '../../contracts/vocabulary-api.ts';
import { LEVEL_WORDS, VOCABULARY_MESSAGES as words } from '../messages/vocabulary.sv.ts';

const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm', dateStyle: 'short' });

interface Props {
  readonly terms: readonly ListedTerm[];
  readonly mayChange: boolean;
  readonly onChange: (term: ListedTerm) => void;
  readonly onUse: (term: ListedTerm, enabled: boolean) => void;
  readonly onRemove: (term: ListedTerm) => void;
}

/** Terms of a list as a table; on a narrow page each is a block. */
export function TermTable({ terms, mayChange, onChange, onUse, onRemove }: Props) {
  return (
    <table className="terms">
      <thead>
        <tr>
          {[words.term, words.soundsLike, words.level, words.addedBy, words.used].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          {mayChange && (
            <th scope="col">
              <span className="unseen">{words.actions}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {terms.map((listed) => {
          const { id, term, soundsLike, level, enabled, addedBy, addedAt } = listed;
          return (
            <tr key={id} className={enabled ? undefined : 'unused'}>
              <th scope="row" lang="sv">
                {term}
              </th>
              <td className="sound">{soundsLike}</td>
              <td>{LEVEL_WORDS[level]}</td>
              <td className="added">{words.by(addedBy, DAY.format(addedAt))}</td>
              <td>
                <input
                  type="checkbox"
                  checked={enabled}
                  disabled={!mayChange}
                  aria-label={words.isUsed(term)}
                  onChange={({ target }) => onUse(listed, target.checked)}
                />
              </td>
              {mayChange && (
                <td className="term-actions">
                  <button
                    type="button"
                    className="plain"
                    aria-label={words.changeOf(term)}
                    onClick={() => onChange(listed)}
                  >
                    {words.change}
                  </button>
                  <button
                    type="button"
                    className="plain"
                    aria-label={words.removeOf(term)}
                    onClick={() => onRemove(listed)}
                  >
                    {words.remove}
                  </button>
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
