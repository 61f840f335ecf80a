import type { Quote, TaskDetail } from '../../contracts/queue-api.ts';
import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import { FIELD_WORDS } from '../messages/queue-fields.sv.ts';
import { sayInstant } from './say-when.ts';
import { detailInWords } from './task-words.ts';

const ORDER = Object.keys(FIELD_WORDS);

/** What is asked for, field by field, with the words of the note that each came from. */
export function TaskRequest({ detail, today }: { detail: TaskDetail; today: string }) {
  const { quote, orderedBy, orderedAt, details, remarks } = detail;
  const shown = details
    .filter(({ field }) => FIELD_WORDS[field] !== undefined)
    .toSorted((one, other) => ORDER.indexOf(one.field) - ORDER.indexOf(other.field));
  return (
    <>
      <section>
        <h3>{words.quoteHeading}</h3>
        <blockquote>
          <Quoted quote={quote} />
        </blockquote>
        <p className="hint">{words.orderedBy(orderedBy.name, sayInstant(orderedAt, today))}</p>
      </section>
      {shown.length > 0 && (
        <section>
          <h3>{words.detailsHeading}</h3>
          <dl className="fields">
            {shown.map((one) => (
              <div key={one.field}>
                <dt>{FIELD_WORDS[one.field]}</dt>
                <dd>
                  <span>{detailInWords(one, today)}</span>
                  {one.quotes
                    .filter(({ words: said }) => said !== quote.words)
                    .map((source) => (
                      <span key={`${source.before}${source.words}`} className="source">
                        <Quoted quote={source} />
                      </span>
                    ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {remarks.length > 0 && (
        <section className="remarks">
          <h3>{words.remarksHeading}</h3>
          <ul>
            {remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Words lit up in their sentence. */
function Quoted({ quote }: { quote: Quote }) {
  return (
    <>
      {quote.before}
      <mark>{quote.words}</mark>
      {quote.after}
    </>
  );
}
