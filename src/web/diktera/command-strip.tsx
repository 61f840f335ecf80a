import { COMMANDS, SPOKEN_FORMS } from '../../dictation/command-table.ts';
import { messages } from '../messages.sv.ts';
import { recall, remember } from './remembered.ts';

const OPEN_KEY = 'commands-open';
const GROUPS = Map.groupBy(COMMANDS, ({ group }) => group);

/** What can be said. As it was left, it is on the next visit. */
export function CommandStrip({ startsOpen }: { startsOpen: boolean }) {
  const key = startsOpen ? OPEN_KEY : `${OPEN_KEY}-beside-notes`;
  const isOpen = (recall(key) ?? (startsOpen ? 'yes' : 'no')) === 'yes';
  return (
    <details
      className="commands"
      open={isOpen}
      onToggle={({ currentTarget }) => remember(key, currentTarget.open ? 'yes' : 'no')}
    >
      <summary>{messages.whatToSay}</summary>
      {[...GROUPS].map(([group, commands]) => (
        <section key={group}>
          <h3>{group}</h3>
          <dl>
            {commands.map(({ name, label, help }) => (
              <div key={name}>
                <dt>{label}</dt>
                <dd>{help}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <section>
        <h3>{messages.writesItself}</h3>
        <dl>
          {SPOKEN_FORMS.map(({ said, written }) => (
            <div key={said}>
              <dt>{said}</dt>
              <dd>{written}</dd>
            </div>
          ))}
        </dl>
      </section>
    </details>
  );
}
