import { useState } from 'react';
import { parseLocalDate } from '../../../followup/calendar/local-date.ts';
import { sayDay, WEEKDAY_NAMES } from '../../../followup/calendar/say.ts';
import { SETUP_MESSAGES as words } from '../../messages/calendar-setup.sv.ts';
import { capital } from '../place-words.ts';
import { sayMinute } from './clock-fields.ts';
import type { Template } from './setup-client.ts';
import type { SetupParts } from './setup-view.tsx';
import { TemplateDialog } from './template-dialog.tsx';

/** The weekly templates, by whose they are. */
export function TemplateSection(parts: SetupParts) {
  const { client, setup, tell, tellFailure } = parts;
  const [edited, setEdited] = useState<Template | 'new'>();
  const owners = setup.resources.filter(
    ({ id, active }) => active || setup.templates.some(({ resourceId }) => resourceId === id),
  );
  const remove = (template: Template) => {
    const { id: _id, version: _version, ...same } = template;
    void client
      .removeTemplate(template)
      .then(() => tell({ text: words.templateRemoved, undo: () => client.addTemplate(same) }), tellFailure);
  };
  return (
    <section aria-labelledby="templates-heading">
      <div className="setup-head">
        <h3 id="templates-heading">{words.templatesHeading}</h3>
        {owners.length > 0 && (
          <button type="button" className="primary" onClick={() => setEdited('new')}>
            {words.newTemplate}
          </button>
        )}
      </div>
      <p className="hint">{words.templatesHint}</p>
      {setup.templates.length === 0 && <p>{words.templatesNone}</p>}
      {owners.map(({ id, name }) => {
        const own = setup.templates.filter(({ resourceId }) => resourceId === id);
        if (own.length === 0) return null;
        return (
          <div key={id}>
            <h4>{name}</h4>
            <ul className="setup-list">
              {own.map((template) => {
                const what = sayTemplate(template);
                return (
                  <li key={template.id}>
                    <span>
                      <strong>{what}</strong> {sayMore(template, parts)}
                    </span>
                    <span className="group">
                      <button
                        type="button"
                        aria-label={words.changeLabel(`${name}, ${what}`)}
                        onClick={() => setEdited(template)}
                      >
                        {words.change}
                      </button>
                      <button
                        type="button"
                        aria-label={words.removeLabel(`${name}, ${what}`)}
                        onClick={() => remove(template)}
                      >
                        {words.remove}
                      </button>
                    </span>
                  </li>
                );
              })}
            </ul>
          </div>
        );
      })}
      {edited && <TemplateDialog {...parts} template={edited} onClose={() => setEdited(undefined)} />}
    </section>
  );
}

/** "Måndag 08.00–12.00". */
function sayTemplate({ weekday, fromMinute, untilMinute }: Template): string {
  return `${capital(WEEKDAY_NAMES[weekday - 1]!)} ${sayMinute(fromMinute)}–${sayMinute(untilMinute)}`;
}

function sayMore(template: Template, { setup, today }: SetupParts): string {
  const { slotMinutes, everyWeeks, validFrom, validUntil, roomId, visitTypeIds, lentUntilDays } = template;
  const day = (text: string) => sayDay(parseLocalDate(text)!, today);
  const nameOf = (items: readonly { id: string; name: string }[], id: string) =>
    items.find((one) => one.id === id)?.name;
  return [
    words.minutesEach(slotMinutes),
    ...(everyWeeks === 1 ? [] : [words.everyWeek(everyWeeks)]),
    ...(roomId === null ? [] : [nameOf(setup.resources, roomId)]),
    ...visitTypeIds.map((id) => nameOf(setup.visitTypes, id)),
    ...(lentUntilDays === null ? [] : [words.lentSaid(lentUntilDays)]),
    ...(validFrom > today ? [words.fromSaid(day(validFrom))] : []),
    ...(validUntil === null ? [] : [words.untilSaid(day(validUntil))]),
    ...(template.onFreeDays ? [words.freeDaysSaid] : []),
    ...(template.onBridgeDays ? [] : [words.noBridgeDaysSaid]),
  ].join(', ');
}
