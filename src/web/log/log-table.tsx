import type { AuditLine } from '../../contracts/access-api-log.ts';
import { actInWords, actorInWords, PURPOSES, LOG_MESSAGES as words } from '../messages/log.sv.ts';

const TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  dateStyle: 'medium',
  timeStyle: 'medium',
});

/** Lines as a table; on a narrow page each line is a block with its parts named. */
export function LogTable({ lines }: { lines: readonly AuditLine[] }) {
  return (
    <table className="log-lines">
      <thead>
        <tr>
          {[words.when, words.who, words.what, words.where, words.why].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ id, at, actorName, actorId, action, objectKind, unitName, purpose }) => (
          <tr key={id}>
            <td>
              <time dateTime={at.toISOString()}>{TIME.format(at)}</time>
            </td>
            <td>{actorInWords(actorName, actorId)}</td>
            <td>{actInWords(action, objectKind)}</td>
            <td>{unitName ?? words.severalUnits}</td>
            <td>{PURPOSES[purpose]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
