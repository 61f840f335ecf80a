import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { SignedInStaff } from '../../contracts/access-api.ts';
import { rememberedSettings, templatesOf } from '../diktera/own-settings.ts';
import { recordedError, RECORDED_MESSAGES as words } from '../messages/recorded.sv.ts';
import { findColleagues, findPatients } from '../notes/directory.ts';
import { PeoplePicker } from '../notes/people-picker.tsx';
import { PageError } from '../page-error.ts';
import type { RecordingsClient, Upload } from './recordings-client.ts';

const MEBIBYTE = 1024 * 1024;

interface Props {
  readonly file: File;
  readonly client: RecordingsClient;
  readonly staff: SignedInStaff;
  readonly onSent: () => void;
  readonly onAbort: () => void;
}

/** Whom a recording is about, who says it and when; then sends it, showing how far that is. */
export function UploadForm({ file, client, staff, onSent, onAbort }: Props) {
  const [unitId, setUnitId] = useState(staff.units[0]?.id ?? '');
  const [share, setShare] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const sending = useRef<AbortController>(undefined);
  // Sent again after a failure it is the same dictation.
  const key = useRef(newKey());
  const heading = useRef<HTMLHeadingElement>(null);
  const ids = { file: useId(), time: useId(), unit: useId(), hint: useId() };
  const isOwn = staff.roles.includes('clinician');
  // Those of this browser are whoever's who dictates in it.
  const [templates] = useState(() => (isOwn ? templatesOf(rememberedSettings()) : []));
  useEffect(() => heading.current?.focus(), []);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const upload = uploadOf(new FormData(event.currentTarget), { file, key: key.current, unitId, isOwn, templates });
    if (typeof upload === 'string') return setProblem(upload);
    setProblem(undefined);
    setShare(0);
    sending.current = new AbortController();
    client.send(upload, setShare, sending.current.signal).then(onSent, (error) => {
      const { code } = PageError.from(error);
      setShare(undefined);
      if (code === 'CANCELLED') onAbort();
      else setProblem(recordedError(code));
    });
  };
  const percent = Math.round(100 * (share ?? 0));

  return (
    <form className="upload-form card-form" aria-labelledby={ids.file} onSubmit={submit}>
      <h3 id={ids.file} ref={heading} tabIndex={-1}>
        {file.name} <span className="hint">{sizeInWords(file.size)}</span>
      </h3>
      {staff.units.length > 1 && (
        <div className="field">
          <label htmlFor={ids.unit}>{words.unit}</label>
          <select id={ids.unit} value={unitId} onChange={({ target }) => setUnitId(target.value)}>
            {staff.units.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      <PeoplePicker
        label={words.patient}
        searchLabel={words.searchPatient}
        nobody={words.nobodyFound}
        name="patient"
        find={findPatients}
      />
      {!isOwn && (
        <PeoplePicker
          key={unitId}
          label={words.author}
          searchLabel={words.searchAuthor}
          nobody={words.noAuthorFound}
          name="author"
          find={(search) => findColleagues(unitId, search, 'clinician')}
        />
      )}
      <div className="field">
        <label htmlFor={ids.time}>{words.recordedAt}</label>
        <input
          id={ids.time}
          name="recordedAt"
          type="datetime-local"
          aria-describedby={ids.hint}
          defaultValue={localTimeOf(file.lastModified)}
          max={localTimeOf(Date.now())}
        />
        <p id={ids.hint} className="hint">
          {words.recordedAtHint}
        </p>
      </div>
      {templates.length > 0 && <p className="hint">{words.templates(templates.map(({ name }) => name))}</p>}
      {problem !== undefined && (
        <p role="alert" className="recording-problem">
          {problem}
        </p>
      )}
      {share !== undefined && (
        <div className="recording-progress">
          <progress value={percent} max={100} aria-label={words.sending(percent)} />
          <span className="hint">{words.sending(percent)}</span>
        </div>
      )}
      <div className="actions">
        <button type="submit" className="primary" disabled={share !== undefined}>
          {words.send}
        </button>
        <button type="button" onClick={() => (share === undefined ? onAbort() : sending.current?.abort())}>
          {words.abort}
        </button>
      </div>
    </form>
  );
}

/** What the form says; a problem in words for what is missing. */
function uploadOf(
  given: FormData,
  { isOwn, templates, ...rest }: Pick<Upload, 'file' | 'key' | 'unitId' | 'templates'> & { readonly isOwn: boolean },
): Upload | string {
  const [patientId, authorId, recordedAt] = ['patient', 'author', 'recordedAt'].map((name) => given.get(name));
  if (patientId == null) return words.patientMissing;
  if (!isOwn && authorId == null) return words.authorMissing;
  const time = new Date(String(recordedAt));
  if (Number.isNaN(time.getTime())) return words.timeMissing;
  return {
    ...rest,
    patientId: String(patientId),
    ...(authorId != null && { authorId: String(authorId) }),
    recordedAt: time,
    templates: templates.map(({ name, text }) => ({ name, text })),
  };
}

/** Also where the page came over plain http, and browsers make no UUIDs. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** As the field has it: YYYY-MM-DDTHH:MM in the browser's own time zone. */
function localTimeOf(unixMs: number): string {
  const at = new Date(unixMs);
  const local = new Date(unixMs - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

function sizeInWords(bytes: number): string {
  return `${(bytes / MEBIBYTE).toLocaleString('sv', { maximumFractionDigits: 1, minimumFractionDigits: 1 })} MB`;
}
