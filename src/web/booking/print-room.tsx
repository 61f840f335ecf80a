import './letter.css';
import { useCallback, useState } from 'react';
import type { LetterToPrint, PrintBatchView, PrintRoom } from '../../contracts/delivery-api.ts';
import { KIND_WORDS } from '../messages/letter.sv.ts';
import { PRINT_MESSAGES as words } from '../messages/print.sv.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { sayInstant } from '../queue/say-when.ts';
import { Choice } from '../shell/field.tsx';
import { Dialog } from '../shell/form-dialog.tsx';
import { useLoaded } from '../shell/use-loaded.ts';
import { useSending } from '../shell/use-sending.ts';
import { type PrintClient, pileOf } from './print-client.ts';
import { addressOfTask } from './task-address.ts';

interface PrintRoomProps {
  readonly client: PrintClient;
  /** Names of the own units by their ids. */
  readonly units: ReadonlyMap<string, string>;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** The way to what is printed, where letters go out on paper at all. */
export function PrintRoomButton(props: PrintRoomProps) {
  const { client } = props;
  const load = useCallback(() => client.printRoom(), [client]);
  const { data } = useLoaded(client, load);
  const [isOpen, setOpen] = useState(false);
  if (data === undefined || data.waiting.length + data.batches.length === 0) return null;
  return (
    <>
      <button
        type="button"
        className={data.waiting.length > 0 ? 'pill' : undefined}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {words.open(data.waiting.length)}
      </button>
      {isOpen && <PrintDialog {...props} room={data} onClose={() => setOpen(false)} />}
    </>
  );
}

function PrintDialog({
  client,
  units,
  today,
  room: { waiting, batches },
  onClose,
}: PrintRoomProps & { readonly room: PrintRoom; readonly onClose: () => void }) {
  const { isSending, failure, send } = useSending();
  const [bothSides, setBothSides] = useState(false);
  const byUnit = [...Map.groupBy(waiting, ({ unitId }) => unitId)];
  return (
    <Dialog heading={words.heading} onClose={onClose}>
      <div className="print-room">
        <h3>{words.waitingHeading}</h3>
        {waiting.length === 0 && <p>{words.nothingWaits}</p>}
        {byUnit.map(([unitId, letters]) => (
          <div key={unitId}>
            <ul>
              {letters.map((letter) => (
                <WaitingLetter key={letter.letterId} letter={letter} today={today} />
              ))}
            </ul>
            <button
              type="button"
              className="primary"
              disabled={isSending}
              onClick={() => void send(() => client.gather(unitId))}
            >
              {words.gather(letters.length, units.size > 1 ? units.get(unitId) : undefined)}
            </button>
          </div>
        ))}
        {batches.length > 0 && (
          <>
            <h3>{words.pilesHeading}</h3>
            <p className="hint">{words.printedHint}</p>
            <Choice
              label={words.bothSides}
              checked={bothSides}
              onChange={({ target }) => setBothSides(target.checked)}
            />
            <ul>
              {batches.map((batch) => (
                <Pile
                  key={batch.id}
                  batch={batch}
                  bothSides={bothSides}
                  today={today}
                  isSending={isSending}
                  onPrinted={() => void send(() => client.markPrinted(batch))}
                />
              ))}
            </ul>
          </>
        )}
        {failure !== undefined && (
          <p role="alert" className="form-failure">
            {words.failed}
          </p>
        )}
        <button type="button" onClick={onClose}>
          {SHELL_MESSAGES.close}
        </button>
      </div>
    </Dialog>
  );
}

function WaitingLetter({ letter, today }: { readonly letter: LetterToPrint; readonly today: string }) {
  const { taskId, patient, kind, since } = letter;
  return (
    <li>
      <a href={addressOfTask(taskId)}>
        <strong>{patient.name ?? words.protectedName}</strong>
      </a>
      , {KIND_WORDS[kind].name.toLowerCase()}, {words.since(sayInstant(since, today))}
      {patient.protectedIdentity && <span className="hint"> {words.protectedHint}</span>}
    </li>
  );
}

function Pile({
  batch: { id, letters, madeBy, createdAt, printedAt },
  bothSides,
  today,
  isSending,
  onPrinted,
}: {
  readonly batch: PrintBatchView;
  readonly bothSides: boolean;
  readonly today: string;
  readonly isSending: boolean;
  readonly onPrinted: () => void;
}) {
  const name = words.pile(letters, madeBy, sayInstant(createdAt, today));
  return (
    <li className="pile">
      <span>{name}</span>
      <span className="letter-actions">
        <a href={pileOf(id, bothSides)} target="_blank" rel="noreferrer" aria-label={words.openPileOf(name)}>
          {words.openPile}
        </a>
        {printedAt === null ? (
          <button type="button" disabled={isSending} onClick={onPrinted}>
            {words.printed}
          </button>
        ) : (
          <span className="hint">{words.printedAt(sayInstant(printedAt, today))}</span>
        )}
      </span>
    </li>
  );
}
