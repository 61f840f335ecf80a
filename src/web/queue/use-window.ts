import { type RefObject, useEffect, useState } from 'react';

const OVERSCAN_ROWS = 8;

export interface RowWindow {
  /** The first row that is drawn, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/**
 * Which of many rows are drawn: those in view, and a few around.
 * @param tops where each row begins, in pixels, and after them where the last one ends
 */
export function useWindow(scroller: RefObject<HTMLElement | null>, tops: readonly number[]): RowWindow {
  const [view, setView] = useState({ top: 0, height: 0 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const resizing = new ResizeObserver(look);
    resizing.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    look();
    return () => {
      resizing.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller]);
  const count = tops.length - 1;
  return {
    from: Math.max(0, rowAt(tops, view.top) - OVERSCAN_ROWS),
    to: Math.min(count, rowAt(tops, view.top + view.height) + 1 + OVERSCAN_ROWS),
  };
}

/** The row that is so many pixels down, or the last one. */
function rowAt(tops: readonly number[], top: number): number {
  let [first, last] = [0, tops.length - 1];
  while (last - first > 1) {
    const middle = (first + last) >> 1;
    if (tops[middle]! <= top) first = middle;
    else last = middle;
  }
  return first;
}

/** Scrolls no further than it takes to see a row below a head; all in pixels. */
export function scrollToRow(
  scroller: HTMLElement,
  { top, bottom, headHeight }: { top: number; bottom: number; headHeight: number },
): void {
  const viewHeight = scroller.clientHeight - headHeight;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (bottom > scroller.scrollTop + viewHeight) scroller.scrollTop = bottom - viewHeight;
}
