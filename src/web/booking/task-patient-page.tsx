import { type FormEvent, useCallback, useState } from 'react';
import type { MadeAnswerCode, NamedContacts } from '../../contracts/patient-plan.ts';
import type { TaskDetail } from '../../contracts/queue-api.ts';
import { patientPageFailure, PATIENT_PAGE_MESSAGES as words } from '../messages/patient-page.sv.ts';
import { Choice, Field, FormFailure, SelectField } from '../shell/field.tsx';
import { useLoaded } from '../shell/use-loaded.ts';
import { useSending } from '../shell/use-sending.ts';
import type { PatientPageClient } from './patient-page-client.ts';
import { sayDay } from './say-times.ts';

interface TaskPatientPageProps {
  readonly client: PatientPageClient;
  readonly detail: Pick<TaskDetail, 'id' | 'unitId' | 'patient'>;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** What staff do for the patient's own page: fetched when somebody opens it, since looking is logged. */
export function TaskPatientPage({ client, detail, today }: TaskPatientPageProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="patient-page" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{words.heading}</summary>
      {isOpen && <Contact client={client} detail={detail} />}
      {isOpen && <NewCode client={client} detail={detail} today={today} />}
    </details>
  );
}

function Contact({ client, detail: { unitId, patient } }: Omit<TaskPatientPageProps, 'today'>) {
  const load = useCallback(() => client.contacts(patient.id, unitId), [client, patient.id, unitId]);
  const { data, failure } = useLoaded(client, load);
  if (data === undefined) return <FormFailure text={failure && patientPageFailure(failure)} />;
  const contact = data.items.find((one) => one.unitId === unitId);
  return (
    <ContactForm
      key={`${contact?.staffId} ${contact?.ownPhone}`}
      contact={contact}
      choices={data.choices}
      save={(staffId, phone) =>
        staffId === ''
          ? client.removeContact(patient.id, unitId)
          : client.nameContact(patient.id, { unitId, staffId, phone })
      }
    />
  );
}

interface ContactFormProps {
  readonly contact: NamedContacts['items'][number] | undefined;
  readonly choices: NamedContacts['choices'];
  /** With an empty id: nobody. */
  readonly save: (staffId: string, phone: string | null) => Promise<void>;
}

function ContactForm({ contact, choices, save }: ContactFormProps) {
  const { isSending, failure, send } = useSending();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void send(() => save(String(form.get('staffId')), String(form.get('phone')).trim() || null));
  };
  return (
    <form onSubmit={submit}>
      <SelectField label={words.contact} name="staffId" defaultValue={contact?.staffId ?? ''}>
        <option value="">{words.noContact}</option>
        {choices.map(({ staffId, name }) => (
          <option key={staffId} value={staffId}>
            {name}
          </option>
        ))}
      </SelectField>
      <Field
        label={words.phone}
        hint={words.phoneHint}
        name="phone"
        type="tel"
        maxLength={50}
        required={false}
        defaultValue={contact?.ownPhone ?? ''}
      />
      <FormFailure text={failure && patientPageFailure(failure)} />
      <button type="submit" disabled={isSending}>
        {words.save}
      </button>
    </form>
  );
}

function NewCode({ client, detail: { id }, today }: TaskPatientPageProps) {
  const { isSending, failure, send } = useSending();
  const [endsEarlier, setEndsEarlier] = useState(false);
  const [made, setMade] = useState<MadeAnswerCode>();
  return (
    <>
      <h4>{words.called}</h4>
      <p className="hint">{words.calledHint}</p>
      <Choice label={words.astray} checked={endsEarlier} onChange={({ target }) => setEndsEarlier(target.checked)} />
      <FormFailure text={failure && patientPageFailure(failure)} />
      <button
        type="button"
        disabled={isSending}
        onClick={() => void send(async () => setMade(await client.newCode(id, endsEarlier)))}
      >
        {words.newCode}
      </button>
      <div role="status">
        {made && (
          <>
            <p>
              <strong>{words.code(made.code)}</strong>
            </p>
            <p>{words.told(made.address, sayDay(made.expiresAt, today))}</p>
          </>
        )}
      </div>
    </>
  );
}
