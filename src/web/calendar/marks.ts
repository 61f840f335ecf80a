import type { CalendarState } from './calendar-state.ts';
import type { PlaceMarks } from './place-view.tsx';
import { type Column, type Place, placeKey } from './places.ts';

const NO_MARKS: PlaceMarks = {
  takes: undefined,
  isTarget: false,
  isCarried: false,
  isLinked: false,
  isOpen: false,
};

/** What decides how places stand out; the same as long as none of it changes. */
export type MarkSource = Pick<CalendarState, 'carry' | 'open'>;

export function marksOfPlace({ carry, open }: MarkSource, { resource }: Column, place: Place): PlaceMarks {
  const { key, kind, appointment } = place;
  if (!carry && !open) return NO_MARKS;
  const opened = open?.kind === 'appointment' ? open : undefined;
  const chainId = carry?.appointment.chainId ?? opened?.detail?.chainId;
  const chosenId = carry?.appointment.id ?? opened?.id;
  return {
    takes: kind === 'free' ? carry?.times?.get(key) : undefined,
    isTarget: carry?.target !== undefined && placeKey(carry.target.performerId, carry.target.startMs) === key,
    isCarried:
      carry !== undefined && appointment?.id === carry.appointment.id && resource.id === carry.appointment.performer.id,
    isLinked: appointment !== undefined && appointment.chainId === chainId && appointment.id !== chosenId,
    isOpen: appointment !== undefined ? appointment.id === opened?.id : open?.kind === 'free' && open.place.key === key,
  };
}
