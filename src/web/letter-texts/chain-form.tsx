import { useCallback, useId } from 'react';
import type { ChainStation } from '../../contracts/delivery.ts';
import { CHANNEL_HINTS, waitInWords, LETTER_CHAIN_MESSAGES as words } from '../messages/letter-chain.sv.ts';
import { letterTextsError } from '../messages/letter-texts.sv.ts';
import { CHANNEL_WORDS } from '../messages/letter-ways.sv.ts';
import { Failure } from '../shell/failure.tsx';
import { SelectField } from '../shell/field.tsx';
import type { Notice } from '../shell/notice-bar.tsx';
import { useLoaded } from '../shell/use-loaded.ts';
import { useSending } from '../shell/use-sending.ts';
import type { LetterTextsClient } from './letter-texts-client.ts';

const CHANNELS: readonly ChainStation['channel'][] = ['page', 'notice', 'digital_post', 'print'];
const WAITS_HOURS = [0, 24, 48, 72, 168];
const UNUSED = 'unused';

interface ChainFormParts {
  readonly client: LetterTextsClient;
  readonly unitId: string;
  readonly tell: (notice: Notice) => void;
}

/** By which channels a unit's letters go, and how long each is given; every change is saved at once. */
export function ChainForm({ client, unitId, tell }: ChainFormParts) {
  const headingId = useId();
  const load = useCallback(() => client.chain(unitId), [client, unitId]);
  const { data, failure, reload, show } = useLoaded(client, load);
  const { isSending, failure: notSaved, send } = useSending();
  if (data === undefined) {
    return failure === undefined ? null : <Failure text={letterTextsError(failure)} onRetry={() => void reload()} />;
  }
  const { stations, version } = data;
  const save = (next: readonly ChainStation[]) =>
    void send(async () => {
      const saved = await client.saveChain(unitId, version, next);
      show(saved);
      tell({ text: words.saved, undo: () => client.saveChain(unitId, saved.version, stations) });
    });
  const unused = CHANNELS.filter((channel) => !stations.some((station) => station.channel === channel));
  return (
    <section aria-labelledby={headingId} aria-busy={isSending}>
      <h3 id={headingId}>{words.heading}</h3>
      <p className="hint">{words.hint}</p>
      <ol className="letter-chain">
        {stations.map((station, at) => (
          <li key={station.channel}>
            <Station
              place={at + 1}
              channel={station.channel}
              hours={station.waitHours}
              isOnly={stations.length === 1}
              onHours={(waitHours) =>
                save(stations.map((one) => (one.channel === station.channel ? { ...one, waitHours } : one)))
              }
              onUnused={() => save(stations.filter((one) => one.channel !== station.channel))}
            />
            {at > 0 && (
              <button
                type="button"
                className="plain"
                aria-label={words.earlierOf(CHANNEL_WORDS[station.channel])}
                onClick={() => save(movedUp(stations, at))}
              >
                {words.earlier}
              </button>
            )}
          </li>
        ))}
        {unused.map((channel) => (
          <li key={channel}>
            <Station
              place={undefined}
              channel={channel}
              hours={undefined}
              isOnly={false}
              onHours={(waitHours) => save([{ channel, waitHours }, ...stations].toSorted(inUsualOrder))}
              onUnused={() => undefined}
            />
          </li>
        ))}
      </ol>
      {notSaved !== undefined && <Failure text={letterTextsError(notSaved)} onRetry={() => void reload()} />}
    </section>
  );
}

function Station({
  place,
  channel,
  hours,
  isOnly,
  onHours,
  onUnused,
}: {
  /** From 1; undefined for one that is not used. */
  readonly place: number | undefined;
  readonly channel: ChainStation['channel'];
  /** Null for the last one, undefined for one that is not used. */
  readonly hours: number | null | undefined;
  readonly isOnly: boolean;
  readonly onHours: (hours: number) => void;
  readonly onUnused: () => void;
}) {
  const waits = typeof hours === 'number' && !WAITS_HOURS.includes(hours) ? [...WAITS_HOURS, hours] : WAITS_HOURS;
  return (
    <SelectField
      label={place === undefined ? CHANNEL_WORDS[channel] : `${place}. ${CHANNEL_WORDS[channel]}`}
      hint={CHANNEL_HINTS[channel]}
      value={hours === undefined ? UNUSED : hours === null ? 'last' : String(hours)}
      onChange={({ target: { value } }) => (value === UNUSED ? onUnused() : onHours(Number(value)))}
    >
      {!isOnly && <option value={UNUSED}>{words.unused}</option>}
      {hours === null ? (
        <option value="last">{words.last}</option>
      ) : (
        waits.map((one) => (
          <option key={one} value={one}>
            {waitInWords(one)}
          </option>
        ))
      )}
    </SelectField>
  );
}

function movedUp(stations: readonly ChainStation[], at: number): ChainStation[] {
  return [...stations.slice(0, at - 1), stations[at]!, stations[at - 1]!, ...stations.slice(at + 1)];
}

function inUsualOrder(one: ChainStation, other: ChainStation): number {
  return CHANNELS.indexOf(one.channel) - CHANNELS.indexOf(other.channel);
}
