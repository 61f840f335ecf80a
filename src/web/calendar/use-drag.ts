import { type RefObject, useEffect } from 'react';
import type { CalendarController } from './calendar-controller.ts';
import { placeAt } from './place-at.ts';
import type { Rows } from './rows.ts';

/** A hand that trembles does not drag. */
const STARTS_AFTER_PX = 6;

/**
 * Carries an appointment by the pointer: picked up when it is dragged away, dropped where it is let go. A finger
 * scrolls instead, and moves by the button in the panel.
 */
export function useDrag(grid: RefObject<HTMLElement | null>, controller: CalendarController, rows: Rows): void {
  useEffect(() => {
    const root = grid.current;
    if (!root) return;
    const { state, mover } = controller;
    const onDown = (down: PointerEvent) => {
      const appointment = placeAt(rows, down.target)?.place.appointment;
      if (!appointment || down.button !== 0 || down.pointerType === 'touch' || state.get().carry) return;
      let isDragging = false;
      const onMove = ({ clientX, clientY }: PointerEvent) => {
        if (!isDragging) {
          if (Math.hypot(clientX - down.clientX, clientY - down.clientY) < STARTS_AFTER_PX) return;
          isDragging = true;
          mover.pickUp(appointment);
        }
        const at = placeUnder(root, clientX, clientY);
        if (at) void mover.hover({ performerId: at.column.resource.id, startMs: at.place.startMs });
      };
      const onUp = ({ clientX, clientY }: PointerEvent) => {
        end();
        if (!isDragging) return;
        // The click that follows is no click on what lies there.
        addEventListener('click', swallow, { capture: true, once: true });
        setTimeout(() => removeEventListener('click', swallow, { capture: true }));
        if (placeUnder(root, clientX, clientY)) void mover.letGo();
        else mover.putBack();
      };
      const onCancel = () => {
        end();
        if (isDragging) mover.putBack();
      };
      const end = () => {
        removeEventListener('pointermove', onMove);
        removeEventListener('pointerup', onUp);
        removeEventListener('pointercancel', onCancel);
      };
      addEventListener('pointermove', onMove);
      addEventListener('pointerup', onUp);
      addEventListener('pointercancel', onCancel);
    };
    const placeUnder = (within: HTMLElement, x: number, y: number) => {
      const element = document.elementFromPoint(x, y);
      return element && within.contains(element) ? placeAt(rows, element) : undefined;
    };
    root.addEventListener('pointerdown', onDown);
    return () => root.removeEventListener('pointerdown', onDown);
  }, [grid, controller, rows]);
}

function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}
