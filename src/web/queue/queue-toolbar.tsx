import { type RefObject, useEffect, useState } from 'react';
import { PrintRoomButton } from '../booking/print-room.tsx';
import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import type { QueueController } from './queue-controller.ts';
import type { QueueState } from './queue-state.ts';
import { isSameFilter, removeTab } from './tabs.ts';

const SEARCH_AFTER_MS = 250;

/** What is shown and how much of it: tabs, search, and news that wait to be shown. */
export function QueueToolbar({
  controller,
  state,
  search,
  units,
  isFilterOpen,
  onFilters,
  onLeftNotes,
}: {
  controller: QueueController;
  state: QueueState;
  units: ReadonlyMap<string, string>;
  search: RefObject<HTMLInputElement | null>;
  isFilterOpen: boolean;
  onFilters: () => void;
  onLeftNotes: () => void;
}) {
  const { total, mostCounted, newIds, isStale, isGrouped, filter, questions, leftNotes } = state;
  const narrowedBy = Object.entries(filter).filter(([name, value]) => name !== 'q' && value !== undefined).length;
  return (
    <div className="toolbar">
      <div className="toolbar-line">
        <h2>{words.heading}</h2>
        <p className="total">{total !== undefined && words.countOf(total, mostCounted)}</p>
        <div className="news" role="status">
          {(newIds.size > 0 || isStale) && (
            <button type="button" className="pill" onClick={() => void controller.list.reload()}>
              {newIds.size > 0 ? words.newTasks(newIds.size) : words.changedList}
            </button>
          )}
        </div>
        {questions.length > 0 && (
          <button type="button" className="pill" aria-haspopup="dialog" onClick={() => controller.questions.open()}>
            {words.questionsToYou(questions.length)}
          </button>
        )}
        {leftNotes.length > 0 && (
          <button type="button" className="pill" aria-haspopup="dialog" onClick={onLeftNotes}>
            {words.leftNotes(leftNotes.length)}
          </button>
        )}
        <PrintRoomButton client={controller.prints} units={units} today={state.today} />
        <SearchField controller={controller} state={state} search={search} />
        <button type="button" aria-expanded={isFilterOpen} aria-keyshortcuts="f" onClick={onFilters}>
          {words.filters}
          {narrowedBy > 0 && <span className="badge">{narrowedBy}</span>}
        </button>
        <button
          type="button"
          aria-pressed={isGrouped}
          aria-keyshortcuts="g"
          title={words.groupKey}
          onClick={() => controller.state.change({ isGrouped: !isGrouped })}
        >
          {words.group}
        </button>
      </div>
      <Tabs controller={controller} state={state} />
    </div>
  );
}

function Tabs({ controller, state }: { controller: QueueController; state: QueueState }) {
  const { tabs, filter, counts, mostCounted } = state;
  return (
    <nav className="tabs" aria-label={words.tabs}>
      {tabs.map((tab, place) => {
        const count = counts[place];
        const isCurrent = isSameFilter(tab.filter, filter);
        return (
          <span key={`${tab.isOwn}${tab.name}`} className={isCurrent ? 'tab current' : 'tab'}>
            <button
              type="button"
              aria-current={isCurrent ? 'true' : undefined}
              onClick={() => void controller.list.show(tab.filter)}
            >
              {tab.name}
              {count !== undefined && (
                <span className="count">
                  {count > mostCounted ? `>${mostCounted.toLocaleString('sv-SE')}` : count.toLocaleString('sv-SE')}
                </span>
              )}
            </button>
            {tab.isOwn && (
              <button
                type="button"
                className="plain remove"
                aria-label={words.removeTab(tab.name)}
                onClick={() => controller.state.change({ tabs: removeTab(tab.name), counts: [] })}
              >
                ×
              </button>
            )}
          </span>
        );
      })}
    </nav>
  );
}

function SearchField({
  controller,
  state,
  search,
}: {
  controller: QueueController;
  state: QueueState;
  search: RefObject<HTMLInputElement | null>;
}) {
  const { filter } = state;
  const [text, setText] = useState(filter.q ?? '');
  useEffect(() => setText(filter.q ?? ''), [filter.q]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === (filter.q ?? '')) return;
    const timer = setTimeout(() => {
      const { q: _, ...others } = filter;
      void controller.list.show(wanted === '' ? others : { ...others, q: wanted });
    }, SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [controller, text, filter]);
  return (
    <input
      ref={search}
      className="search"
      type="search"
      aria-label={words.searchLabel}
      aria-keyshortcuts="/"
      placeholder={words.searchHint}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
