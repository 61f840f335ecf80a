import { type FormEvent, useEffect, useState } from 'react';
import { declareError, SICK_DAY_MESSAGES as words } from '../messages/sick-day.sv.ts';
import { PageError } from '../page-error.ts';
import { Field, FormFailure, SelectField } from '../shell/field.tsx';
import { useSending } from '../shell/use-sending.ts';
import { today } from './say-day.ts';
import type { SickDayClient } from './sick-day-client.ts';

interface Props {
  readonly client: SickDayClient;
  readonly units: readonly { readonly id: string; readonly name: string }[];
}

type People = Awaited<ReturnType<SickDayClient['people']>>;

/** Who is away, and when. */
export function DeclareForm({ client, units }: Props) {
  const [unitId, setUnitId] = useState(units[0]?.id ?? '');
  const [people, setPeople] = useState<People>();
  const [loadFailure, setLoadFailure] = useState<string>();
  const [firstDay, setFirstDay] = useState(today);
  const [lastDay, setLastDay] = useState(today);
  const { isSending, failure, send } = useSending();
  const wrong = failure ?? loadFailure;

  useEffect(() => {
    let isGone = false;
    setPeople(undefined);
    client.people(unitId).then(
      (found) => {
        if (!isGone) setPeople(found);
      },
      (error) => {
        if (!isGone) setLoadFailure(PageError.from(error).code);
      },
    );
    return () => {
      isGone = true;
    };
  }, [client, unitId]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const resourceId = String(new FormData(event.currentTarget).get('resourceId'));
    void send(async () => {
      const { id } = await client.declare({ unitId, resourceId, firstDay, lastDay });
      location.hash = id;
    });
  };

  return (
    <section aria-labelledby="declare-heading">
      <h2 id="declare-heading">{words.heading}</h2>
      <p className="hint">{words.hint}</p>
      <form className="declare" onSubmit={submit}>
        {units.length > 1 && (
          <SelectField label={words.unit} value={unitId} onChange={({ target }) => setUnitId(target.value)}>
            {units.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
        <SelectField label={words.who} name="resourceId" required disabled={!people?.length}>
          {people?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <Field
          label={words.firstDay}
          type="date"
          value={firstDay}
          onChange={({ target: { value } }) => {
            setFirstDay(value);
            if (lastDay < value) setLastDay(value);
          }}
        />
        <Field
          label={words.lastDay}
          type="date"
          min={firstDay}
          value={lastDay}
          onChange={({ target }) => setLastDay(target.value)}
        />
        <button type="submit" className="primary" disabled={!people?.length}>
          {isSending ? words.declaring : words.declare}
        </button>
      </form>
      {people?.length === 0 && <p className="hint">{words.nobody}</p>}
      <FormFailure text={wrong && declareError(wrong)} />
    </section>
  );
}
