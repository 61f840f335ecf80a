import { useState } from 'react';
import { IMPORT_ACTIONS, type ImportAction, type ImportRow } from '../../contracts/exchange-api.ts';
import { ACTION_WORDS, FAULT_WORDS, problemWords, EXCHANGE_MESSAGES as words } from '../messages/exchange.sv.ts';
import type { Previewed } from './use-import.ts';

interface Props {
  readonly previewed: Previewed;
  readonly isApplying: boolean;
  readonly onApply: () => void;
}

/** What becomes of each row, and the way to have it so. */
export function PreviewPart({ previewed: { file, preview }, isApplying, onApply }: Props) {
  const { problem, encoding, unknownColumns, counts, rows, token } = preview;
  const [only, setOnly] = useState<ImportAction | 'all'>(counts.refused > 0 ? 'refused' : 'all');
  if (problem !== null) {
    return (
      <p role="alert" className="form-failure">
        {problemWords(problem)}
      </p>
    );
  }
  const shown = rows.filter(({ action }) => only === 'all' || action === only);
  const all = only === 'all' ? Object.values(counts).reduce((sum, count) => sum + count, 0) : counts[only];
  return (
    <div className="preview">
      <h3>{words.previewHeading(file.name)}</h3>
      {encoding !== 'utf-8' && <p>{words.encoding}</p>}
      {unknownColumns.length > 0 && <p>{words.unknownColumns(unknownColumns)}</p>}
      <div className="actions">
        {token === null ? (
          <p>{words.nothingToApply}</p>
        ) : (
          <button
            type="button"
            id="apply"
            className="primary"
            aria-keyshortcuts="Alt+A"
            disabled={isApplying}
            onClick={onApply}
          >
            {words.apply(counts)}
          </button>
        )}
        {counts.refused > 0 && <p className="refused-hint">{words.refusedStay(counts.refused)}</p>}
      </div>
      <fieldset className="only">
        <legend>{words.show}</legend>
        {(['all', ...IMPORT_ACTIONS] as const).map((each) => (
          <button key={each} type="button" aria-pressed={only === each} onClick={() => setOnly(each)}>
            {each === 'all' ? words.showAll : `${ACTION_WORDS[each]} ${counts[each]}`}
          </button>
        ))}
      </fieldset>
      {shown.length === 0 ? <p className="empty">{words.nothingShown}</p> : <Rows rows={shown} />}
      {all > shown.length && <p className="hint">{words.more(all - shown.length)}</p>}
    </div>
  );
}

function Rows({ rows }: { rows: readonly ImportRow[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.line}</th>
          <th scope="col">{words.action}</th>
          <th scope="col">{words.what}</th>
          <th scope="col">{words.details}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.line} className={row.action}>
            <td>
              <span className="cell-label">{words.line} </span>
              {row.line}
            </td>
            <td className="action">{ACTION_WORDS[row.action]}</td>
            <th scope="row">{row.what || words.nameless}</th>
            <td>
              <Details row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Details({ row: { action, changes, faults } }: { row: ImportRow }) {
  if (action === 'refused') {
    return (
      <ul>
        {faults.map(({ column, fault }) => (
          <li key={`${column} ${fault}`}>
            {column} {FAULT_WORDS[fault]}
          </li>
        ))}
      </ul>
    );
  }
  if (action !== 'changed') return null;
  return (
    <ul>
      {changes.map(({ column, from, to }) => (
        <li key={column}>
          {column}: {words.from(from, to)}
        </li>
      ))}
    </ul>
  );
}
