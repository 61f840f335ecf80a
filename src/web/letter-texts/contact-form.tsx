import { type FormEvent, useId } from 'react';
import { UNIT_CONTACT_CHARACTERS, type UnitContact, type UnitContactBody } from '../../contracts/letter-texts-api.ts';
import { CONTACT_WORDS, letterTextsError, LETTER_TEXTS_MESSAGES as words } from '../messages/letter-texts.sv.ts';
import { AreaField, Field, FormFailure } from '../shell/field.tsx';
import type { Notice } from '../shell/notice-bar.tsx';
import { useSending } from '../shell/use-sending.ts';
import type { LetterTextsClient } from './letter-texts-client.ts';

interface ContactFormParts {
  readonly client: LetterTextsClient;
  readonly unitId: string;
  readonly saved: UnitContact;
  readonly draft: UnitContactBody | undefined;
  readonly onDraft: (draft: UnitContactBody) => void;
  readonly onSaved: () => Promise<void>;
  readonly tell: (notice: Notice) => void;
}

const LINES = ['phone', 'phoneHours', 'address'] as const;
const FIELDS = [...LINES, 'directions'] as const;

/** How patients reach the unit; in each of its letters. */
export function ContactForm({ client, unitId, saved, draft, onDraft, onSaved, tell }: ContactFormParts) {
  const headingId = useId();
  const { isSending, failure, send } = useSending();
  const before = contactBody(saved);
  const now = draft ?? before;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(async () => {
      const { version } = await client.saveContact(unitId, saved.version, contactBody(now));
      await onSaved();
      tell({ text: words.contactSaved, undo: () => client.saveContact(unitId, version, before) });
    });
  };
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId}>{words.contactHeading}</h3>
      <p className="hint">{words.contactHint}</p>
      {contactBody(now).phone === null && <p className="warned">{words.noPhone}</p>}
      <form onSubmit={submit}>
        <div className="contact-fields">
          {LINES.map((field) => (
            <Field
              key={field}
              label={CONTACT_WORDS[field].name}
              hint={CONTACT_WORDS[field].hint}
              type={field === 'phone' ? 'tel' : 'text'}
              required={false}
              maxLength={UNIT_CONTACT_CHARACTERS[field]}
              value={now[field] ?? ''}
              onChange={({ target }) => onDraft({ ...now, [field]: target.value })}
            />
          ))}
        </div>
        <AreaField
          label={CONTACT_WORDS.directions.name}
          hint={CONTACT_WORDS.directions.hint}
          rows={2}
          maxLength={UNIT_CONTACT_CHARACTERS.directions}
          value={now.directions ?? ''}
          onChange={({ target }) => onDraft({ ...now, directions: target.value })}
        />
        <FormFailure text={failure && letterTextsError(failure)} />
        <div className="actions">
          <button type="submit">{isSending ? words.saving : words.save}</button>
        </div>
      </form>
    </section>
  );
}

/** As it is sent: what is empty is not there. */
export function contactBody(contact: UnitContactBody): UnitContactBody {
  return Object.fromEntries(FIELDS.map((field) => [field, contact[field]?.trim() || null])) as UnitContactBody;
}
