import { useEffect } from 'react';

/** For whoever measures the page. */
const RENDERED_MARK = 'taltid-calendar-rendered';

/** Marks when the first calendar stands on the screen: two frames after it was drawn. */
export function useRenderedMark(): void {
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => performance.mark(RENDERED_MARK));
    });
    return () => cancelAnimationFrame(frame);
  }, []);
}
