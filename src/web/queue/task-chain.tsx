import type { ChainLink, TaskDetail } from '../../contracts/queue-api.ts';
import { ENCOUNTER_WORDS, STATE_WORDS, QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import { sayDay, sayInstant } from './say-when.ts';
import { whatInWords } from './task-words.ts';

/** What is booked together, in its order and up to the letter; then what else the patient has. */
export function TaskChain({
  detail,
  today,
  onOpen,
}: {
  detail: TaskDetail;
  today: string;
  onOpen: (taskId: string) => void;
}) {
  const { id, state, chain, otherTasks, encounters } = detail;
  const isCalled = state === 'called' || state === 'done';
  return (
    <>
      <section>
        <h3>{words.chainHeading}</h3>
        <ol className="chain">
          {chain.map((link) => (
            <li key={link.taskId} data-state={link.state} aria-current={link.taskId === id ? 'step' : undefined}>
              <Link link={link} today={today} isThis={link.taskId === id} onOpen={onOpen} />
            </li>
          ))}
          <li data-state={isCalled ? 'done' : 'new'}>
            <span className="first">{words.letter}</span>
            <span className="second">{isCalled ? STATE_WORDS.called : ''}</span>
          </li>
        </ol>
      </section>
      <section>
        <h3>{words.otherHeading}</h3>
        {otherTasks.length + encounters.length === 0 ? (
          <p className="hint">{words.otherNone}</p>
        ) : (
          <ul className="others">
            {encounters.map(({ id: encounterId, kind, startsAt, staffName }) => (
              <li key={encounterId}>
                <span className="first">
                  {ENCOUNTER_WORDS[kind]}, {staffName}
                </span>
                <span className="second">{sayInstant(startsAt, today)}</span>
              </li>
            ))}
            {otherTasks.map((link) => (
              <li key={link.taskId}>
                <Link link={link} today={today} isThis={false} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Link({
  link,
  today,
  isThis,
  onOpen,
}: {
  link: ChainLink;
  today: string;
  isThis: boolean;
  onOpen: (taskId: string) => void;
}) {
  const { taskId, state, targetDate } = link;
  const when = targetDate === null ? words.noTarget : sayDay(targetDate, today);
  return (
    <>
      {isThis ? (
        <span className="first">{whatInWords(link)}</span>
      ) : (
        <button type="button" className="link" onClick={() => onOpen(taskId)}>
          {whatInWords(link)}
        </button>
      )}
      <span className="second">
        {STATE_WORDS[state]} · {when}
        {isThis && ` · ${words.thisTask}`}
      </span>
    </>
  );
}
