import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import { useMedia } from '../shell/use-media.ts';
import type { QueueController } from './queue-controller.ts';
import { QueueRow, rowId } from './queue-row.tsx';
import type { QueueState } from './queue-state.ts';
import { linesOf, type QueueLine, topsOf } from './rows.ts';
import { scrollToRow, useWindow } from './use-window.ts';

const ROW_PX = 56;
const NARROW_ROW_PX = 124;
const HEAD_PX = 36;
const NARROW = '(max-width: 720px)';
const LOADING_LINES = 12;
/** Rows that are fetched before they come into view. */
const AHEAD_ROWS = 50;

const COLUMNS = [
  words.columnRisk,
  words.columnPatient,
  `${words.columnWhat} / ${words.columnWho}`,
  words.columnWhen,
  words.columnNeeds,
  words.columnState,
];

/** Ten thousand rows, of which those in view are drawn. The table has the focus; the active row is named by it. */
export function QueueTable({
  controller,
  state,
  grid,
}: {
  controller: QueueController;
  state: QueueState;
  /** What takes the focus. */
  grid: RefObject<HTMLTableElement | null>;
}) {
  const { tasks, hasMore, isGrouped, activeId, selectedIds, leftIds, open, undoable, today, staffId } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = useMedia(NARROW);
  const rowHeight = isNarrow ? NARROW_ROW_PX : ROW_PX;
  const isLoading = state.phase === 'loading';
  const total = isLoading ? LOADING_LINES : hasMore ? Math.max(state.total ?? 0, tasks.length + 1) : tasks.length;
  const lines = useMemo(() => linesOf(tasks, { isGrouped, total, today }), [tasks, isGrouped, total, today]);
  const tops = useMemo(() => topsOf(lines, rowHeight), [lines, rowHeight]);
  const { from, to } = useWindow(scroller, tops);
  const activeLine = useMemo(() => lineOf(lines, activeId), [lines, activeId]);
  const followed = useRef(activeId);

  useEffect(() => {
    if (hasMore && to + AHEAD_ROWS > tasks.length) void controller.list.loadTo(to + AHEAD_ROWS);
  }, [controller, hasMore, to, tasks.length]);
  useEffect(() => {
    if (followed.current === activeId || activeLine < 0 || !scroller.current) return;
    followed.current = activeId;
    scrollToRow(scroller.current, { top: tops[activeLine]!, bottom: tops[activeLine + 1]!, headHeight: HEAD_PX });
  }, [activeId, activeLine, tops]);

  const onOpen = useCallback((id: string) => void controller.opening.open(id), [controller]);
  const onSelect = useCallback((id: string) => toggleSelected(controller, id), [controller]);
  const cancelling = undoable?.kind === 'cancel' ? new Set(undoable.taskIds) : undefined;

  const drawn = [...lines.keys()].slice(from, to);
  if (activeLine >= 0 && (activeLine < from || activeLine >= to)) drawn.push(activeLine);
  return (
    <div ref={scroller} className="queue-grid">
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: keys go from row to row
        role="grid"
        tabIndex={0}
        aria-label={words.heading}
        aria-rowcount={total + 1}
        aria-multiselectable="true"
        aria-busy={isLoading}
        aria-activedescendant={activeLine >= 0 && activeId !== undefined ? rowId(activeId) : undefined}
      >
        <thead>
          <tr className="row" aria-rowindex={1}>
            <th scope="col" className="cell select">
              <span className="for-listeners">{words.columnSelect}</span>
            </th>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className="cell">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="rows" style={{ height: tops.at(-1) }}>
          {drawn.map((index) => {
            const line = lines[index]!;
            const top = tops[index]!;
            if (line.kind !== 'task') {
              return <OtherLine key={`line-${index}`} line={line} top={top} rowIndex={index + 2} />;
            }
            const { task } = line;
            return (
              <QueueRow
                key={task.id}
                task={task}
                today={today}
                staffId={staffId}
                isActive={task.id === activeId}
                isOpen={task.id === open?.id}
                isSelected={selectedIds.has(task.id)}
                hasLeft={leftIds.has(task.id) || cancelling?.has(task.id) === true}
                rowIndex={index + 2}
                top={top}
                onOpen={onOpen}
                onSelect={onSelect}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function OtherLine({
  line,
  top,
  rowIndex,
}: {
  line: Exclude<QueueLine, { kind: 'task' }>;
  top: number;
  rowIndex: number;
}) {
  const style = { transform: `translateY(${top}px)` };
  if (line.kind === 'heading') {
    return (
      <tr className="row heading" style={style} aria-rowindex={rowIndex}>
        <td colSpan={COLUMNS.length + 1}>{line.text}</td>
      </tr>
    );
  }
  return (
    <tr className="row blank" style={style} aria-rowindex={rowIndex}>
      <td />
      {COLUMNS.map((name) => (
        <td key={name} className="cell">
          <span className="bone" />
        </td>
      ))}
    </tr>
  );
}

export function toggleSelected({ state }: QueueController, id: string): void {
  const selectedIds = new Set(state.get().selectedIds);
  if (!selectedIds.delete(id)) selectedIds.add(id);
  state.change({ selectedIds });
}

function lineOf(lines: readonly QueueLine[], taskId: string | undefined): number {
  return lines.findIndex((line) => line.kind === 'task' && line.task.id === taskId);
}
