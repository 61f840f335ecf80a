import { useState } from 'react';
import { withSwedishLetters } from '../../../contracts/follow-up-words.ts';
import { KIND_WORDS } from '../../messages/calendar.sv.ts';
import { SETUP_MESSAGES as words } from '../../messages/calendar-setup.sv.ts';
import { languageInWords } from '../../messages/queue-fields.sv.ts';
import { ResourceDialog } from './resource-dialog.tsx';
import type { Resource } from './setup-client.ts';
import type { SetupParts } from './setup-view.tsx';

/** Who and what has times at the unit. */
export function ResourceSection(parts: SetupParts) {
  const { client, setup, tell, tellFailure } = parts;
  const [edited, setEdited] = useState<Resource | 'new'>();
  const setActive = (resource: Resource, active: boolean) => {
    const { name, role } = resource;
    void client.changeResource(resource, { name, role, active }).then(
      (changed) =>
        tell({
          text: active ? words.backSaid(name) : words.awaySaid(name),
          undo: () => client.changeResource(changed, { name, role, active: !active }),
        }),
      tellFailure,
    );
  };
  return (
    <section aria-labelledby="resources-heading">
      <div className="setup-head">
        <h3 id="resources-heading">{words.whoHeading}</h3>
        <button type="button" onClick={() => setEdited('new')}>
          {words.newWho}
        </button>
      </div>
      <p className="hint">{words.whoHint}</p>
      {setup.resources.length === 0 && <p>{words.whoNone}</p>}
      <ul className="setup-list">
        {setup.resources.map((resource) => (
          <li key={resource.id}>
            <span>
              <strong>{resource.name}</strong> {sayResource(resource)}
            </span>
            <span className="group">
              <button type="button" aria-label={words.changeLabel(resource.name)} onClick={() => setEdited(resource)}>
                {words.change}
              </button>
              <button
                type="button"
                aria-label={`${resource.active ? words.putAway : words.takeBack} ${resource.name}`}
                onClick={() => setActive(resource, !resource.active)}
              >
                {resource.active ? words.putAway : words.takeBack}
              </button>
            </span>
          </li>
        ))}
      </ul>
      {edited && <ResourceDialog {...parts} resource={edited} onClose={() => setEdited(undefined)} />}
    </section>
  );
}

function sayResource({ kind, role, language, active }: Resource): string {
  return [
    KIND_WORDS[kind].toLocaleLowerCase('sv'),
    ...(role === null ? [] : [withSwedishLetters(role)]),
    ...(language === null ? [] : [languageInWords(language)]),
    ...(active ? [] : [words.isAway]),
  ].join(', ');
}
