import { DICTATION_TEMPLATES } from '../../contracts/dictations.ts';
import { messages } from '../messages.sv.ts';
import type { OwnSettings } from './own-settings.ts';

type Templates = OwnSettings['templates'];

interface Props {
  readonly templates: Templates;
  onChange(templates: Templates): void;
}

/** Texts that are put in by their names. One that has no name or no text yet stays here and does nothing. */
export function TemplateList({ templates, onChange }: Props) {
  const change = (id: string, part: Partial<Templates[number]>) =>
    onChange(templates.map((each) => (each.id === id ? { ...each, ...part } : each)));
  const add = () => onChange([...templates, { id: String(Date.now()), name: '', text: '' }]);
  return (
    <fieldset>
      <legend>{messages.templates}</legend>
      <p className="hint">{messages.templatesHint}</p>
      {templates.map(({ id, name, text }, index) => (
        <div key={id} className="template">
          <div className="setting">
            <label htmlFor={`name-${id}`}>{messages.templateName(index + 1)}</label>
            <input
              id={`name-${id}`}
              type="text"
              value={name}
              maxLength={DICTATION_TEMPLATES.nameCharacters}
              onChange={({ target }) => change(id, { name: target.value })}
            />
          </div>
          <div className="setting">
            <label htmlFor={`text-${id}`}>{messages.templateText(index + 1)}</label>
            <textarea
              id={`text-${id}`}
              rows={3}
              value={text}
              maxLength={DICTATION_TEMPLATES.textCharacters}
              onChange={({ target }) => change(id, { text: target.value })}
            />
          </div>
          <button type="button" onClick={() => onChange(templates.filter((each) => each.id !== id))}>
            {messages.removeTemplate(index + 1)}
          </button>
        </div>
      ))}
      <button type="button" disabled={templates.length >= DICTATION_TEMPLATES.most} onClick={add}>
        {messages.addTemplate}
      </button>
    </fieldset>
  );
}
