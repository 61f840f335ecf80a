import { useState } from 'react';
import { TYPE_WORDS, withSwedishLetters } from '../../../contracts/follow-up-words.ts';
import { SETUP_MESSAGES as setupWords } from '../../messages/calendar-setup.sv.ts';
import { VISIT_TYPE_MESSAGES as words } from '../../messages/visit-types.sv.ts';
import type { VisitType } from './setup-client.ts';
import type { SetupParts } from './setup-view.tsx';
import { bodyOf, VisitTypeDialog } from './visit-type-dialog.tsx';

/** What is booked at the unit. */
export function VisitTypeSection(parts: SetupParts) {
  const { client, setup, tell, tellFailure } = parts;
  const [edited, setEdited] = useState<VisitType | 'new'>();
  const setActive = (visitType: VisitType, active: boolean) => {
    const { name } = visitType;
    void client.changeVisitType(visitType, { ...bodyOf(visitType), active }).then(
      (changed) =>
        tell({
          text: active ? words.backSaid(name) : words.retired(name),
          undo: () => client.changeVisitType(changed, bodyOf(visitType)),
        }),
      tellFailure,
    );
  };
  return (
    <section aria-labelledby="visit-types-heading">
      <div className="setup-head">
        <h3 id="visit-types-heading">{words.heading}</h3>
        <button type="button" onClick={() => setEdited('new')}>
          {words.create}
        </button>
      </div>
      <p className="hint">{words.hint}</p>
      {setup.visitTypes.length === 0 && <p>{words.none}</p>}
      <ul className="setup-list">
        {setup.visitTypes.map((visitType) => {
          const { id, name, active } = visitType;
          return (
            <li key={id}>
              <span>
                <strong>{name}</strong> {sayVisitType(visitType, parts)}
              </span>
              <span className="group">
                <button type="button" aria-label={setupWords.changeLabel(name)} onClick={() => setEdited(visitType)}>
                  {setupWords.change}
                </button>
                <button
                  type="button"
                  aria-label={`${active ? words.retire : words.takeBack} ${name}`}
                  onClick={() => setActive(visitType, !active)}
                >
                  {active ? words.retire : words.takeBack}
                </button>
              </span>
            </li>
          );
        })}
      </ul>
      {edited && <VisitTypeDialog {...parts} visitType={edited} onClose={() => setEdited(undefined)} />}
    </section>
  );
}

/** "återbesök, läkare, 30 min, 15 till med tolk". */
function sayVisitType(visitType: VisitType, { setup }: SetupParts): string {
  const { type, service, role, publicName, roomIds, equipmentIds, patientsBook, patientsRebook, active } = visitType;
  const along = setup.resources.filter(({ id }) => roomIds.includes(id) || equipmentIds.includes(id));
  return [
    service ?? TYPE_WORDS[type].toLocaleLowerCase('sv'),
    ...(role === null ? [] : [withSwedishLetters(role)]),
    words.minutesSaid(visitType.durationMinutes, visitType.interpreterExtraMinutes),
    ...along.map(({ name }) => name),
    ...(publicName === null ? [] : [words.publicSaid(publicName)]),
    ...(patientsBook ? [] : [words.notBooked]),
    ...(patientsRebook ? [] : [words.notRebooked]),
    ...(active ? [] : [words.isRetired]),
  ].join(', ');
}
