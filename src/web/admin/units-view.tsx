import { useCallback, useState } from 'react';
import { adminError } from '../messages/drift.sv.ts';
import { UNIT_WORDS as words } from '../messages/drift-units.sv.ts';
import { Field } from '../shell/field.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useLoaded } from '../shell/use-loaded.ts';
import { useSending } from '../shell/use-sending.ts';
import { UnitForm } from './unit-form.tsx';
import { Fetched, ViewHead, type ViewParts } from './view-parts.tsx';

/** The operator's units: who stands in, how long each waits, and what is proposed. */
export function UnitsView({ client, tell }: ViewParts) {
  const loaded = useLoaded(
    client,
    useCallback(async () => {
      const [units, accounts] = await Promise.all([client.units(), client.accounts()]);
      return { accounts, settings: await Promise.all(units.map(({ id }) => client.unitSettings(id))) };
    }, [client]),
  );
  const [isMaking, setMaking] = useState(false);
  const [savedId, setSavedId] = useState<string>();
  const { failure, send } = useSending();

  const make = (form: FormData) =>
    send(async () => {
      const { name } = await client.createUnit(String(form.get('name')));
      setMaking(false);
      tell({ text: words.created(name) });
    });

  return (
    <>
      <ViewHead heading={words.heading} hint={words.hint}>
        <button type="button" id="new" className="primary" onClick={() => setMaking(true)}>
          {words.create}
        </button>
      </ViewHead>
      <Fetched of={loaded}>
        {({ settings, accounts }) =>
          settings.map((unit) => (
            <UnitForm
              // What was saved is shown as the server keeps it.
              key={`${unit.id} ${unit.version}`}
              client={client}
              unit={unit}
              accounts={accounts}
              isJustSaved={unit.id === savedId}
              onSaved={(text, undo) => {
                setSavedId(unit.id);
                tell({ text, undo });
              }}
            />
          ))
        }
      </Fetched>
      {isMaking && (
        <FormDialog
          heading={words.createHeading}
          submit={words.create}
          failure={failure && adminError(failure)}
          onSubmit={(form) => void make(form)}
          onClose={() => setMaking(false)}
        >
          <Field label={words.name} name="name" autoComplete="off" data-first />
        </FormDialog>
      )}
    </>
  );
}
