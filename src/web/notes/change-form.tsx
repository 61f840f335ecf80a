import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { TYPE_WORDS } from '../../contracts/follow-up-words.ts';
import { REQUEST_TYPES } from '../../contracts/followup.ts';
import type { CardDecision, FollowUpCard } from '../../contracts/notes-api-cards.ts';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';
import { nameInWords } from '../messages/queue-fields.sv.ts';
import { CardForm } from './card-form.tsx';
import { changedFields, formOf, ROLES } from './changed-fields.ts';

interface Props {
  readonly card: FollowUpCard;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly onSend: (decision: CardDecision) => void;
  readonly onClose: () => void;
}

/** The fields that are changed most; the others stay as they were heard. */
export function ChangeForm({ card, today, onSend, onClose }: Props) {
  const [problem, setProblem] = useState<string>();
  const before = formOf(card.fields);
  const send = (event: FormEvent<HTMLFormElement>) => {
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? '').trim();
    const now = {
      type: REQUEST_TYPES.find((type) => type === given.get('type')) ?? before.type,
      latest: text('latest'),
      earliest: text('earliest'),
      role: text('role'),
      practitioner: text('practitioner'),
      minutes: text('minutes'),
      analyses: text('analyses'),
      prep: text('prep'),
      reason: text('reason'),
    };
    if (now.earliest !== '' && now.latest !== '' && now.earliest > now.latest)
      return setProblem(words.earliestAfterLatest);
    onSend({ decision: 'changed', fields: changedFields(card.fields, now, today) });
  };
  const roles = [...new Set([before.role, ...ROLES])].filter((role) => role !== '');
  return (
    <CardForm
      heading={words.changeHeading}
      submit={words.saveChange}
      problem={problem}
      onSubmit={send}
      onClose={onClose}
    >
      <Field label={words.type}>
        {(id) => (
          <select id={id} name="type" defaultValue={before.type}>
            {REQUEST_TYPES.map((type) => (
              <option key={type} value={type}>
                {TYPE_WORDS[type]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={words.earliest}>
        {(id) => <input id={id} name="earliest" type="date" defaultValue={before.earliest} />}
      </Field>
      <Field label={words.latest}>
        {(id) => <input id={id} name="latest" type="date" defaultValue={before.latest} />}
      </Field>
      <Field label={words.role}>
        {(id) => (
          <select id={id} name="role" defaultValue={before.role}>
            <option value="" />
            {roles.map((role) => (
              <option key={role} value={role}>
                {nameInWords(role)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={words.practitioner}>
        {(id) => <input id={id} name="practitioner" maxLength={100} defaultValue={before.practitioner} />}
      </Field>
      <Field label={words.minutes}>
        {(id) => (
          <input id={id} name="minutes" type="number" min={5} max={480} step={5} defaultValue={before.minutes} />
        )}
      </Field>
      <Field label={words.analyses}>
        {(id) => <input id={id} name="analyses" maxLength={400} defaultValue={before.analyses} />}
      </Field>
      <Field label={words.prep}>
        {(id) => <textarea id={id} name="prep" rows={2} maxLength={1000} defaultValue={before.prep} lang="sv" />}
      </Field>
      <Field label={words.reason}>
        {(id) => <input id={id} name="reason" maxLength={400} defaultValue={before.reason} />}
      </Field>
    </CardForm>
  );
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="field-row">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
