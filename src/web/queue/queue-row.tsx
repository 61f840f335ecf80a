import { memo } from 'react';
import type { QueueTask } from '../../contracts/queue-api.ts';
import { STATE_WORDS, QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import { LacksLetter } from './lacks-letter.tsx';
import { Risk } from './risk.tsx';
import { sayDistance } from './say-when.ts';
import { needsInWords, whatInWords, whenInWords, whoInWords } from './task-words.ts';

export interface RowShown {
  readonly task: QueueTask;
  readonly today: string;
  readonly staffId: string;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  /** The filter lets it through no longer, or it is about to be cancelled. */
  readonly hasLeft: boolean;
  /** Place among all rows, the first is 1. */
  readonly rowIndex: number;
  readonly top: number;
  readonly onOpen: (id: string) => void;
  readonly onSelect: (id: string) => void;
}

export function rowId(taskId: string): string {
  return `task-${taskId}`;
}

/** A task in the table. What it does by mouse, the keys of the table do too. */
export const QueueRow = memo(function QueueRow({ task, today, staffId, top, rowIndex, ...shown }: RowShown) {
  const { id, patient, targetDate, timeWords, state, holder } = task;
  const name = patient.name ?? words.protectedName;
  const classes = ['row', shown.isActive && 'active', shown.isOpen && 'open', shown.hasLeft && 'left'];
  return (
    <tr
      id={rowId(id)}
      className={classes.filter(Boolean).join(' ')}
      style={{ transform: `translateY(${top}px)` }}
      aria-rowindex={rowIndex}
      aria-selected={shown.isSelected}
      onClick={() => shown.onOpen(id)}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the key x does it */}
      <td className="cell select" onClick={(event) => event.stopPropagation()}>
        <input
          type="checkbox"
          tabIndex={-1}
          checked={shown.isSelected}
          aria-label={words.select(name)}
          onChange={() => shown.onSelect(id)}
        />
      </td>
      <td className="cell">
        <Risk task={task} today={today} />
      </td>
      <td className="cell patient">
        <span className={patient.protectedIdentity ? 'first protected' : 'first'}>{name}</span>
        <span className="second">{patient.personalNumber}</span>
      </td>
      <td className="cell what">
        <span className="first">{whatInWords(task)}</span>
        <span className="second">{whoInWords(task)}</span>
      </td>
      <td className="cell when">
        <span className="first">{whenInWords(task, today) || words.noTarget}</span>
        {task.lacksLetter ? (
          <LacksLetter />
        ) : (
          <span className="second">
            {targetDate === null ? timeWords && words.whenWords(timeWords) : sayDistance(targetDate, today)}
          </span>
        )}
      </td>
      <td className="cell needs">
        {needsInWords(task).map((need) => (
          <span key={need} className="need">
            {need}
          </span>
        ))}
      </td>
      <td className="cell state">
        <span className="first state-word" data-state={state}>
          {STATE_WORDS[state]}
        </span>
        <span className="second">{holder && (holder.id === staffId ? words.you : holder.name)}</span>
      </td>
    </tr>
  );
});
