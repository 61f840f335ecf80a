import { type DragEvent, useRef, useState } from 'react';
import type { SignedInStaff } from '../../contracts/access-api.ts';
import { IMPORT_KINDS, IMPORT_LIMITS, type ImportKind } from '../../contracts/exchange-api.ts';
import { exchangeError, KIND_HINTS, KIND_WORDS, EXCHANGE_MESSAGES as words } from '../messages/exchange.sv.ts';
import { Choice, FormFailure, SelectField } from '../shell/field.tsx';
import type { ExchangeClient } from './exchange-client.ts';
import { PreviewPart } from './preview-part.tsx';
import { useImport } from './use-import.ts';

/** A file of patients, staff, resources or bookings: chosen, looked at, and only then taken in. */
export function ImportSection({ client, staff }: { client: ExchangeClient; staff: SignedInStaff }) {
  const isOperator = staff.roles.includes('operator');
  const kinds = IMPORT_KINDS.filter((kind) => kind !== 'staff' || isOperator);
  const [kind, setKind] = useState<ImportKind>('patients');
  const [unitId, setUnitId] = useState(staff.units[0]?.id ?? '');
  const [isDragging, setDragging] = useState(false);
  const [tooLarge, setTooLarge] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const importing = useImport(client);
  const { work, previewed, failure, applied, look, apply, forget } = importing;

  const take = (file: File | undefined) => {
    if (file === undefined) return;
    setTooLarge(file.size > IMPORT_LIMITS.fileBytes);
    if (file.size > IMPORT_LIMITS.fileBytes) forget();
    else void look(file, { kind, unitId });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDragging(false);
    take(event.dataTransfer.files[0]);
  };
  const wrong = tooLarge ? 'REQUEST_TOO_LARGE' : failure;

  return (
    <section aria-labelledby="import-heading">
      <h2 id="import-heading">{words.importHeading}</h2>
      <p className="hint">{words.importHint}</p>
      {staff.units.length > 1 && (
        <SelectField
          label={words.unit}
          value={unitId}
          onChange={({ target }) => {
            setUnitId(target.value);
            forget();
          }}
        >
          {staff.units.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <fieldset className="form-group kinds">
        <legend>{words.kindLegend}</legend>
        {kinds.map((each) => (
          <Choice
            key={each}
            type="radio"
            name="kind"
            label={KIND_WORDS[each]}
            hint={KIND_HINTS[each]}
            checked={kind === each}
            onChange={() => {
              setKind(each);
              forget();
            }}
          />
        ))}
      </fieldset>
      <p className="hint">{words.order}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: whoever drops no file has the button in it */}
      <div
        className={isDragging ? 'file-drop dragging' : 'file-drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setDragging(true);
        }}
        onDragLeave={() => setDragging(false)}
        onDrop={drop}
      >
        <span className="hint">{words.drop}</span>
        <button type="button" id="choose-file" aria-keyshortcuts="Alt+N" onClick={() => input.current?.click()}>
          {previewed ? words.chooseOther : words.choose}
        </button>
        <a href={`/api/imports/template?kind=${kind}`} download>
          {words.template}
        </a>
        <input
          ref={input}
          type="file"
          hidden
          accept=".csv,.txt,.json,text/csv,application/fhir+json"
          onChange={({ target }) => {
            take(target.files?.[0]);
            // The same file, mended, can be chosen again.
            target.value = '';
          }}
        />
      </div>
      <p role="status" className={applied ? 'import-done' : undefined}>
        {work === 'reading' && words.reading}
        {work === 'applying' && words.applying}
        {applied && words.applied(applied)}
        {applied && kind === 'staff' && applied.new > 0 && ` ${words.noPasswords}`}
      </p>
      <FormFailure text={wrong && exchangeError(wrong)} />
      {previewed && (
        <PreviewPart previewed={previewed} isApplying={work === 'applying'} onApply={() => void apply(previewed)} />
      )}
    </section>
  );
}
