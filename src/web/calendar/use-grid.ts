import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { CalendarController } from './calendar-controller.ts';
import type { CalendarState } from './calendar-state.ts';
import { keyOf, type PlaceAt, placeAt } from './place-at.ts';
import type { Place } from './places.ts';
import type { Rows } from './rows.ts';
import { firstPlace, isReachable, type Step, stepFrom } from './stepping.ts';
import { useDrag } from './use-drag.ts';

const STEPS: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
};

/**
 * The grid's keys and pointer. One of its times is in the order of Tab, and the arrows go from there. What is carried
 * stops only where it could be.
 */
export function useGrid(
  grid: RefObject<HTMLElement | null>,
  controller: CalendarController,
  rows: Rows,
  areSingleKeysOn: boolean,
): void {
  const activeKey = useRef<string>(undefined);
  const hadFocus = useRef(false);
  const { state, mover } = controller;

  useDrag(grid, controller, rows);

  // After each drawing: what was drawn anew has no place in the order of Tab yet.
  useLayoutEffect(() => {
    const root = grid.current;
    if (!root) return;
    const { wantedFocus, phase } = state.get();
    const wanted = wantedFocus === undefined ? null : findPlace(root, wantedFocus);
    const known = activeKey.current === undefined ? null : findPlace(root, activeKey.current);
    const first = firstPlace(rows.rows);
    const element = wanted ?? known ?? (first ? findPlace(root, first.key) : null);
    for (const other of root.querySelectorAll<HTMLElement>('button[data-place][tabindex="0"]')) other.tabIndex = -1;
    if (element) element.tabIndex = 0;
    // What had the focus may be gone: somebody else has taken the time.
    const isLost = hadFocus.current && document.activeElement === document.body;
    if (wanted || isLost) element?.focus();
    if (wanted || (wantedFocus !== undefined && phase === 'ready')) state.change({ wantedFocus: undefined });
  });

  useEffect(() => {
    const root = grid.current;
    if (!root) return;
    const onFocus = ({ target }: FocusEvent) => {
      hadFocus.current = true;
      const key = keyOf(target);
      if (key === undefined || key === activeKey.current) return;
      activeKey.current = key;
      for (const other of root.querySelectorAll<HTMLElement>('button[data-place][tabindex="0"]')) other.tabIndex = -1;
      (target as HTMLElement).tabIndex = 0;
    };
    const onBlur = ({ relatedTarget }: FocusEvent) => {
      // Without another: the window has lost it, or what had it is gone.
      if (relatedTarget !== null) hadFocus.current = root.contains(relatedTarget as Node);
    };
    const onPointerDown = ({ target }: PointerEvent) => {
      if (!root.contains(target as Node)) hadFocus.current = false;
    };
    const onClick = ({ target }: MouseEvent) => {
      const at = placeAt(rows, target);
      if (at) act(controller, at);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const at = placeAt(rows, event.target);
      if (!at || event.ctrlKey || event.altKey || event.metaKey) return;
      const step = STEPS[event.key];
      if (step) {
        event.preventDefault();
        goTo(root, controller, stepFrom(rows.rows, at.place.key, step, reachableBy(state.get())), rows);
      } else if (event.key.toLowerCase() === 'm' && areSingleKeysOn && at.place.appointment && !state.get().carry) {
        event.preventDefault();
        mover.pickUp(at.place.appointment);
      }
    };
    root.addEventListener('focusin', onFocus);
    root.addEventListener('focusout', onBlur);
    addEventListener('pointerdown', onPointerDown);
    root.addEventListener('click', onClick);
    root.addEventListener('keydown', onKeyDown);
    return () => {
      root.removeEventListener('focusin', onFocus);
      root.removeEventListener('focusout', onBlur);
      removeEventListener('pointerdown', onPointerDown);
      root.removeEventListener('click', onClick);
      root.removeEventListener('keydown', onKeyDown);
    };
  }, [grid, controller, rows, areSingleKeysOn, state, mover]);
}

/** Drops there what is carried; else opens it. */
function act({ state, mover, opening }: CalendarController, { column, place }: PlaceAt): void {
  if (state.get().carry) {
    void mover.hover({ performerId: column.resource.id, startMs: place.startMs });
    void mover.drop();
  } else if (place.appointment) void opening.open(place.appointment.id);
  else if (isReachable(place)) opening.openFree(place, column.resource.name);
}

function goTo(root: HTMLElement, { state, mover }: CalendarController, place: Place | undefined, rows: Rows): void {
  if (!place) return;
  findPlace(root, place.key)?.focus();
  const at = rows.at.get(place.key);
  if (at && state.get().carry) {
    void mover.hover({ performerId: at.column.resource.id, startMs: place.startMs });
  }
}

/** Where the arrows stop: with something in the hand only where it could be, and where it is. */
function reachableBy({ carry }: CalendarState): (place: Place) => boolean {
  const times = carry?.times;
  if (!carry || !times) return isReachable;
  const { id } = carry.appointment;
  return ({ key, kind, appointment }) => (kind === 'free' && times.has(key)) || appointment?.id === id;
}

/** By the place's key, or an appointment's id. */
function findPlace(root: HTMLElement, key: string): HTMLElement | null {
  const quoted = CSS.escape(key);
  return root.querySelector(`button[data-place="${quoted}"], button[data-appointment="${quoted}"]`);
}
