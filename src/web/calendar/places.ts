import type { CalendarAppointment, CalendarSlot, CalendarView } from '../../contracts/appointments-api.ts';
import { type LocalDate, parseLocalDate } from '../../followup/calendar/local-date.ts';
import { type ClinicDay, clinicDay } from './clinic-days.ts';

/** `busy`: taken by what this calendar does not show; `rest`: a time that the appointment before it runs over. */
export type PlaceKind = 'free' | 'busy' | 'closed' | 'appointment' | 'rest';

/** What stands at a time of a column. */
export interface Place {
  /** The resource and the time: the same when the time is booked, so that nothing jumps and the focus stays. */
  readonly key: string;
  readonly kind: PlaceKind;
  readonly startMs: number;
  readonly endMs: number;
  /** Patients may take the time themselves. */
  readonly isLent: boolean;
  readonly visitTypeIds: readonly string[];
  readonly appointment: CalendarAppointment | undefined;
}

export type CalendarResource = CalendarView['resources'][number];
export type CalendarDayView = CalendarView['days'][number];

/** A resource on a day, in the order of time. */
export interface Column {
  readonly key: string;
  readonly resource: CalendarResource;
  readonly day: ClinicDay;
  readonly places: readonly Place[];
}

export function placeKey(resourceId: string, startMs: number): string {
  return `${resourceId} ${startMs}`;
}

/** Each resource's days, resource by resource. */
export function columnsOf(
  { days, appointments }: Pick<CalendarView, 'days' | 'appointments'>,
  resources: readonly CalendarResource[],
): Column[][] {
  const clinicDays = days.map(({ date }) => clinicDay(parseLocalDate(date)!));
  const byResource = new Map<string, CalendarAppointment[]>();
  for (const appointment of appointments) {
    for (const { id } of [appointment.performer, ...appointment.others]) {
      const known = byResource.get(id);
      if (known) known.push(appointment);
      else byResource.set(id, [appointment]);
    }
  }
  return resources.map((resource) => {
    const own = byResource.get(resource.id) ?? [];
    return clinicDays.map((day) => {
      const isOn = ({ startsAt }: { startsAt: Date }) => day.startMs <= +startsAt && +startsAt < day.endMs;
      const places = placesOf(resource.id, resource.slots.filter(isOn), own.filter(isOn));
      return { key: columnKey(resource.id, day.date), resource, day, places };
    });
  });
}

function columnKey(resourceId: string, date: LocalDate): string {
  return `${resourceId} ${date}`;
}

/** The times of a template and the appointments in and beside them. */
function placesOf(
  resourceId: string,
  slots: readonly CalendarSlot[],
  appointments: readonly CalendarAppointment[],
): readonly Place[] {
  const places: Place[] = [];
  const placed = new Set<CalendarAppointment>();
  const put = (appointment: CalendarAppointment, key: string, isLent: boolean) => {
    placed.add(appointment);
    const { startsAt, endsAt } = appointment;
    const span = { startMs: +startsAt, endMs: +endsAt };
    places.push({ key, kind: 'appointment', ...span, isLent, visitTypeIds: [], appointment });
  };
  for (const { startsAt, endsAt, owner, state, visitTypeIds } of slots) {
    const [startMs, endMs] = [+startsAt, +endsAt];
    const key = placeKey(resourceId, startMs);
    const isLent = owner === 'patients';
    const there = appointments.filter((one) => +one.startsAt < endMs && startMs < +one.endsAt);
    const fresh = there.filter((one) => !placed.has(one));
    for (const [index, one] of fresh.entries()) put(one, index === 0 ? key : `${key} ${one.id}`, isLent);
    if (fresh.length > 0) continue;
    const kind = there.length > 0 ? 'rest' : state === 'taken' ? 'busy' : state;
    const before = places.at(-1);
    if (kind === 'closed' && before?.kind === 'closed' && before.endMs === startMs) {
      places[places.length - 1] = { ...before, endMs };
    } else places.push({ key, kind, startMs, endMs, isLent, visitTypeIds, appointment: undefined });
  }
  for (const one of appointments)
    if (!placed.has(one)) put(one, `${placeKey(resourceId, +one.startsAt)} ${one.id}`, false);
  return places.sort((one, other) => one.startMs - other.startMs);
}

const KIND_ORDER = ['person', 'role', 'room', 'equipment', 'interpreter'] as const;

/** Who is shown, people first. */
export function resourcesShown(
  resources: readonly CalendarResource[],
  whose: 'performers' | 'all' | { readonly resourceId: string },
): CalendarResource[] {
  const isShown = ({ id, kind }: CalendarResource) =>
    typeof whose === 'object' ? id === whose.resourceId : whose === 'all' || kind === 'person' || kind === 'role';
  return resources
    .filter(isShown)
    .sort(
      (one, other) =>
        KIND_ORDER.indexOf(one.kind) - KIND_ORDER.indexOf(other.kind) || one.name.localeCompare(other.name, 'sv'),
    );
}

/** Whether somebody works or somebody comes on some day of a column: free days without either are left out. */
export function hasPlaces(columns: readonly Column[]): boolean {
  return columns.some(({ places }) => places.length > 0);
}
