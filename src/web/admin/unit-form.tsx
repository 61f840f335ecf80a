import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { Account } from '../../contracts/access-api-accounts.ts';
import {
  MAX_REMIND_VISITS_DAYS,
  MAX_SERIES_AHEAD_MONTHS,
  MAX_UNIT_HOURS,
  type UnitSettings,
  UnitSettingsBody,
} from '../../contracts/access-api-units.ts';
import { adminError } from '../messages/drift.sv.ts';
import { UNIT_WORDS as words } from '../messages/drift-units.sv.ts';
import { Choice, Field, FormFailure, SelectField } from '../shell/field.tsx';
import { useSending } from '../shell/use-sending.ts';
import type { AdminClient } from './admin-client.ts';
import { ProposalFields, proposalsOf } from './proposal-fields.tsx';

interface UnitFormParts {
  readonly client: AdminClient;
  readonly unit: UnitSettings;
  readonly accounts: readonly Account[];
  /** Whether it is drawn anew because it was saved: the focus stays at its button. */
  readonly isJustSaved: boolean;
  readonly onSaved: (text: string, undo: () => Promise<unknown>) => void;
}

const HOURS = ['remindAfterHours', 'passOnAfterHours', 'leftAfterHours'] as const;

/** A unit's settings, saved together. */
export function UnitForm({ client, unit, accounts, isJustSaved, onSaved }: UnitFormParts) {
  const headingId = useId();
  const saveButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isJustSaved) saveButton.current?.focus();
  }, [isJustSaved]);
  const { isSending, failure, send } = useSending();
  const [problem, setProblem] = useState<string>();
  const [hasOwnProposals, setOwnProposals] = useState(unit.defaults !== null);
  const { id, version, demo: _, ...before } = unit;
  const deputies = accounts.filter(
    ({ active, roles, unitIds }) => active && roles.includes('clinician') && unitIds.includes(id),
  );
  const isDeputyGone = unit.deputyId !== null && !deputies.some((each) => each.id === unit.deputyId);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim() || null;
    const hours = Object.fromEntries(HOURS.map((name) => [name, Number(form.get(name))]));
    const { data: settings } = UnitSettingsBody.safeParse({
      name: text('name'),
      phone: text('phone'),
      address: text('address'),
      hsaId: text('hsaId'),
      deputyId: text('deputyId'),
      ...hours,
      remindVisitsDays: Number(form.get('remindVisitsDays')) || null,
      seriesAheadMonths: Number(form.get('seriesAheadMonths')),
      defaults: hasOwnProposals ? proposalsOf(form) : null,
    });
    setProblem(settings ? undefined : words.hoursInOrder);
    if (!settings) return;
    void send(async () => {
      const saved = await client.saveUnit({ id, version }, settings);
      // A deputy who has left since then is none to go back to.
      const deputyId = isDeputyGone ? null : before.deputyId;
      onSaved(words.saved(saved.name), () => client.saveUnit(saved, { ...before, deputyId }));
    });
  };

  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId}>{unit.name}</h3>
      <form className="unit-form" onSubmit={submit}>
        <Field label={words.name} name="name" defaultValue={unit.name} />
        <div className="field-pair">
          <Field label={words.phone} name="phone" type="tel" required={false} defaultValue={unit.phone ?? ''} />
          <Field label={words.address} name="address" required={false} defaultValue={unit.address ?? ''} />
        </div>
        <Field
          label={words.hsaId}
          hint={words.hsaIdHint}
          name="hsaId"
          maxLength={100}
          required={false}
          autoComplete="off"
          spellCheck={false}
          defaultValue={unit.hsaId ?? ''}
        />
        <SelectField
          label={words.deputy}
          hint={isDeputyGone ? words.deputyGone : words.deputyHint}
          name="deputyId"
          defaultValue={isDeputyGone ? '' : (unit.deputyId ?? '')}
        >
          <option value="">{words.noDeputy}</option>
          {deputies.map(({ id: staffId, givenName, familyName }) => (
            <option key={staffId} value={staffId}>
              {givenName} {familyName}
            </option>
          ))}
        </SelectField>
        <fieldset className="form-group">
          <legend>{words.waiting}</legend>
          <p className="hint">{words.waitingHint}</p>
          <div className="field-row">
            {HOURS.map((name) => (
              <Field
                key={name}
                label={words.hours[name]}
                name={name}
                type="number"
                min={1}
                max={MAX_UNIT_HOURS}
                defaultValue={unit[name]}
              />
            ))}
          </div>
        </fieldset>
        <fieldset className="form-group">
          <legend>{words.visits}</legend>
          <div className="field-row">
            <Field
              label={words.remindVisitsDays}
              hint={words.remindVisitsHint}
              name="remindVisitsDays"
              type="number"
              required={false}
              min={1}
              max={MAX_REMIND_VISITS_DAYS}
              defaultValue={unit.remindVisitsDays ?? ''}
            />
            <Field
              label={words.seriesAheadMonths}
              hint={words.seriesAheadHint}
              name="seriesAheadMonths"
              type="number"
              min={1}
              max={MAX_SERIES_AHEAD_MONTHS}
              defaultValue={unit.seriesAheadMonths}
            />
          </div>
        </fieldset>
        <fieldset className="form-group">
          <legend>{words.proposals}</legend>
          <Choice
            label={words.ownProposals}
            hint={words.proposalsHint}
            checked={hasOwnProposals}
            onChange={({ target }) => setOwnProposals(target.checked)}
          />
          {hasOwnProposals && <ProposalFields defaults={unit.defaults} />}
        </fieldset>
        <FormFailure text={problem ?? (failure && adminError(failure))} />
        <div className="actions">
          <button type="submit" className="primary" ref={saveButton}>
            {isSending ? words.saving : words.save}
          </button>
        </div>
      </form>
    </section>
  );
}
