import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { SignedInStaff } from '../../contracts/access-api.ts';
import { TASK_STATES, TaskState } from '../../contracts/booking.ts';
import { TYPE_WORDS } from '../../contracts/follow-up-words.ts';
import { REQUEST_TYPES, RequestType } from '../../contracts/followup.ts';
import type { TaskFilter } from '../../contracts/queue-api.ts';
import { STATE_WORDS, QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import { nameInWords } from '../messages/queue-fields.sv.ts';
import type { QueueController } from './queue-controller.ts';
import type { QueueState } from './queue-state.ts';
import { saveTab } from './tabs.ts';

const WITHIN_WORKING_DAYS = [0, 5, 10, 20] as const;

/** What the list is narrowed by; each choice shows at once. */
export function FilterBar({
  controller,
  state,
  units,
}: {
  controller: QueueController;
  state: QueueState;
  units: SignedInStaff['units'];
}) {
  const { filter, roles } = state;
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => first.current?.focus(), []);
  const change = (changed: { [Name in keyof TaskFilter]?: TaskFilter[Name] | undefined }) => {
    const entries = Object.entries({ ...filter, ...changed }).filter(([, value]) => value !== undefined);
    void controller.list.show(Object.fromEntries(entries));
  };
  return (
    <search className="filters">
      <label>
        {words.filterType}
        <select
          ref={first}
          value={filter.type ?? ''}
          onChange={({ target }) => change({ type: RequestType.safeParse(target.value).data })}
        >
          <option value="">{words.all}</option>
          {REQUEST_TYPES.map((type) => (
            <option key={type} value={type}>
              {TYPE_WORDS[type]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.filterRole}
        <select value={filter.role ?? ''} onChange={({ target }) => change({ role: target.value || undefined })}>
          <option value="">{words.all}</option>
          {roles.map((role) => (
            <option key={role} value={role}>
              {nameInWords(role)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.filterState}
        <select
          value={filter.state ?? ''}
          onChange={({ target }) => change({ state: TaskState.safeParse(target.value).data })}
        >
          <option value="">{words.allOpen}</option>
          {TASK_STATES.map((state) => (
            <option key={state} value={state}>
              {STATE_WORDS[state]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.filterWithin}
        <select
          value={filter.within ?? ''}
          onChange={({ target }) => change({ within: target.value === '' ? undefined : Number(target.value) })}
        >
          <option value="">{words.all}</option>
          {WITHIN_WORKING_DAYS.map((days) => (
            <option key={days} value={days}>
              {words.withinDays(days)}
            </option>
          ))}
        </select>
      </label>
      {units.length > 1 && (
        <label>
          {words.filterUnit}
          <select value={filter.unit ?? ''} onChange={({ target }) => change({ unit: target.value || undefined })}>
            <option value="">{words.all}</option>
            {units.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <Check
        name={words.filterInterpreter}
        isOn={filter.interpreter !== undefined}
        onChange={(isOn) => change({ interpreter: isOn ? 'true' : undefined })}
      />
      <Check
        name={words.filterMine}
        isOn={filter.mine !== undefined}
        onChange={(isOn) => change({ mine: isOn ? 'true' : undefined })}
      />
      <Check
        name={words.filterLacksLetter}
        isOn={filter.lacksLetter !== undefined}
        onChange={(isOn) => change({ lacksLetter: isOn ? 'true' : undefined })}
      />
      <button type="button" onClick={() => void controller.list.show({})}>
        {words.clearFilters}
      </button>
      <SaveTab controller={controller} filter={filter} />
    </search>
  );
}

function Check({ name, isOn, onChange }: { name: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <label className="choice">
      <input type="checkbox" checked={isOn} onChange={({ target }) => onChange(target.checked)} />
      {name}
    </label>
  );
}

function SaveTab({ controller, filter }: { controller: QueueController; filter: TaskFilter }) {
  const [name, setName] = useState('');
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    controller.state.change({ tabs: saveTab(name.trim(), filter), counts: [] });
    void controller.list.count();
    setName('');
  };
  return (
    <form className="save-tab" onSubmit={save}>
      <label>
        {words.saveFilter}
        <input placeholder={words.filterName} value={name} onChange={({ target }) => setName(target.value)} />
      </label>
      <button type="submit" disabled={name.trim() === ''}>
        {words.save}
      </button>
    </form>
  );
}
