import { type FormEvent, useEffect, useState } from 'react';
import { IMPORT_KINDS } from '../../contracts/exchange-api.ts';
import { EXPORT_FORMATS, EXPORT_REASON, type ExportFormat, NewExport } from '../../contracts/export-api.ts';
import { EXPORT_WORDS, exportError, KIND_WORDS, EXCHANGE_MESSAGES as words } from '../messages/exchange.sv.ts';
import { PageError } from '../page-error.ts';
import { Choice, Field, FormFailure, SelectField } from '../shell/field.tsx';
import { useSending } from '../shell/use-sending.ts';
import type { ExchangeClient } from './exchange-client.ts';

interface Props {
  readonly client: ExchangeClient;
  readonly units: readonly { readonly id: string; readonly name: string }[];
}

/** Everything of a unit or of one patient, handed out with a reason. */
export function ExportSection({ client, units }: Props) {
  const [format, setFormat] = useState<ExportFormat>('ndjson');
  const [unitId, setUnitId] = useState(units[0]?.id ?? '');
  const [kinds, setKinds] = useState<readonly string[]>([]);
  const [isAsked, setAsked] = useState(false);
  const { isSending, failure, send } = useSending();
  const isOfPatient = format === 'json' || format === 'html';

  useEffect(() => {
    if (format === 'csv') client.exportKinds(unitId).then(setKinds, () => setKinds([]));
  }, [client, unitId, format]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const asked = NewExport.safeParse({ ...Object.fromEntries(new FormData(form)), unit: unitId, format });
    setAsked(false);
    void send(async () => {
      if (!asked.success) throw new PageError('REQUEST_INVALID');
      location.assign(await client.askForExport(asked.data));
      setAsked(true);
      form.reset();
    });
  };

  return (
    <section aria-labelledby="export-heading">
      <h2 id="export-heading">{words.exportHeading}</h2>
      <p className="hint">{words.exportHint}</p>
      <form className="export-form" onSubmit={submit}>
        {units.length > 1 && (
          <SelectField label={words.unit} value={unitId} onChange={({ target }) => setUnitId(target.value)}>
            {units.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
        <fieldset className="form-group kinds">
          <legend>{words.exportLegend}</legend>
          {EXPORT_FORMATS.map((each) => (
            <Choice
              key={each}
              type="radio"
              label={EXPORT_WORDS[each].name}
              hint={EXPORT_WORDS[each].hint}
              checked={format === each}
              onChange={() => setFormat(each)}
            />
          ))}
        </fieldset>
        {format === 'csv' && (
          <SelectField label={words.exportKind} name="kind" required>
            {kinds.map((kind) => (
              <option key={kind}>{kind}</option>
            ))}
          </SelectField>
        )}
        {format === 'import' && (
          <SelectField label={words.exportKind} name="kind" required>
            {IMPORT_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {KIND_WORDS[kind]}
              </option>
            ))}
          </SelectField>
        )}
        {isOfPatient && <Field label={words.personalNumber} name="personalNumber" autoComplete="off" maxLength={20} />}
        <Field
          label={words.exportReason}
          hint={words.exportReasonHint}
          name="reason"
          autoComplete="off"
          minLength={EXPORT_REASON.leastCharacters}
          maxLength={EXPORT_REASON.mostCharacters}
        />
        <FormFailure text={failure && exportError(failure)} />
        <div className="actions">
          <button type="submit" disabled={isSending}>
            {words.export}
          </button>
        </div>
        <p role="status">{isAsked && words.exportAsked}</p>
      </form>
    </section>
  );
}
