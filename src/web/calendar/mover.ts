import type { CalendarAppointment } from '../../contracts/appointments-api.ts';
import { type MoveReason, WISHES } from '../../contracts/calendar.ts';
import { calendarError, CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import type { Observable } from '../observable.ts';
import { PageError } from '../page-error.ts';
import type { CalendarClient } from './calendar-client.ts';
import type { CalendarShown } from './calendar-shown.ts';
import type { CalendarState, Carry, Target, Undoable } from './calendar-state.ts';
import { periodOf } from './period.ts';
import { sayMoved } from './place-words.ts';
import { placeKey } from './places.ts';

const NO_MOVE = { visits: [], givesUp: [], reasons: [] };

/** Carries an appointment to another time: picked up, held over a time, dropped or put back, and taken back after. */
export class Mover {
  readonly #client: CalendarClient;
  readonly #state: Observable<CalendarState>;
  readonly #shown: CalendarShown;
  #checking: Promise<void> | undefined;

  constructor(client: CalendarClient, state: Observable<CalendarState>, shown: CalendarShown) {
    this.#client = client;
    this.#state = state;
    this.#shown = shown;
  }

  pickUp(appointment: CalendarAppointment): void {
    if (appointment.state !== 'booked') {
      this.#state.change({ notice: words.notMovable });
      return;
    }
    const carry: Carry = {
      appointment,
      times: undefined,
      problem: undefined,
      reason: 'clinic',
      target: undefined,
      check: undefined,
      isAsking: false,
      isSending: false,
    };
    this.#state.change({ carry, open: undefined, notice: '', undoable: undefined, wantedFocus: appointment.id });
    void this.findTimes();
  }

  /** Asks where it could be of what is shown; again whenever that is another part of the calendar, or has changed. */
  async findTimes(): Promise<void> {
    const { carry, shown } = this.#state.get();
    if (!carry) return;
    try {
      const { problem, items } = await this.#client.moveTimes(carry.appointment.id, periodOf(shown));
      const times = new Map(
        items.map(
          ({ performerId, startsAt, fits }) => [placeKey(performerId, +startsAt), fits ? 'fits' : 'asks'] as const,
        ),
      );
      this.#change(carry.appointment, { times, problem: problem ?? undefined });
    } catch (error) {
      this.#change(carry.appointment, { times: new Map(), problem: calendarError(PageError.from(error).code) });
    }
  }

  /** Holds it over a time, and asks what that would mean. */
  async hover(target: Target): Promise<void> {
    const { carry } = this.#state.get();
    if (!carry || carry.isSending || isSame(carry.target, target)) return;
    this.#change(carry.appointment, { target, check: undefined, isAsking: false });
    this.#checking ??= this.#checkTarget().finally(() => {
      this.#checking = undefined;
    });
    await this.#checking;
  }

  /** One question at a time: whoever passes many times over is answered for where they stop. */
  async #checkTarget(): Promise<void> {
    for (;;) {
      const { carry } = this.#state.get();
      if (!carry?.target || carry.check || isAt(carry.appointment, carry.target)) return;
      const { appointment, target } = carry;
      const check = await this.#client
        .checkMove(appointment.id, target)
        .catch((error) => ({ ...NO_MOVE, problem: calendarError(PageError.from(error).code) }));
      if (isSame(this.#state.get().carry?.target, target)) this.#change(appointment, { check });
    }
  }

  /** Lays it down where it is held: at once where nothing is given up, else once somebody has said so. */
  async drop({ isAgreed = false } = {}): Promise<void> {
    await this.#checking;
    const { carry } = this.#state.get();
    if (!carry || carry.isSending) return;
    const { appointment, target, check, reason } = carry;
    if (!target || isAt(appointment, target)) return this.putBack();
    if (!check || check.problem !== null) return;
    if (check.givesUp.length > 0 && !isAgreed) return this.#change(appointment, { isAsking: true });
    this.#change(appointment, { isSending: true });
    const givesUp = check.givesUp.map(({ wish }) => wish);
    try {
      const { appointments, remarks } = await this.#client.move(appointment, target, { givesUp, reason });
      const versions = new Map(appointments.map(({ id, version }) => [id, version]));
      const moved = check.visits.flatMap(({ appointmentId: id, before: { performerId, startsAt } }) => {
        const version = versions.get(id);
        return version === undefined ? [] : [{ id, version, before: { performerId, startMs: +startsAt } }];
      });
      moved.sort((one, other) => Number(other.id === appointment.id) - Number(one.id === appointment.id));
      const { today } = this.#state.get();
      this.#state.change({
        carry: undefined,
        undoable: { moved },
        notice: [sayMoved(appointments, today), ...remarks].join(' '),
      });
    } catch (error) {
      this.#state.change({ carry: undefined, notice: calendarError(PageError.from(error).code) });
    }
    await this.#show(appointment.id);
  }

  /** Goes to where an appointment is now, as the server has it. */
  async #show(id: string): Promise<void> {
    await this.#shown.reload();
    this.#state.change({ wantedFocus: id });
  }

  /** On whose account it is moved. */
  moveFor(reason: MoveReason): void {
    const { carry } = this.#state.get();
    if (carry) this.#change(carry.appointment, { reason });
  }

  putBack(notice: string = words.putBack): void {
    const { carry } = this.#state.get();
    if (!carry || carry.isSending) return;
    this.#state.change({ carry: undefined, notice, wantedFocus: carry.appointment.id });
  }

  /** As the pointer lets go: what cannot lie there goes back, and what is asked about waits. */
  async letGo(): Promise<void> {
    await this.drop();
    const { carry } = this.#state.get();
    if (carry && !carry.isAsking) this.putBack(carry.check?.problem ?? undefined);
  }

  /** Moves everything back that the last move took along. */
  async undo(): Promise<void> {
    const { undoable } = this.#state.get();
    if (!undoable) return;
    this.#state.change({ undoable: undefined, notice: words.undoing });
    try {
      await this.#moveBack(undoable);
      this.#state.change({ notice: words.undone });
    } catch (error) {
      this.#state.change({ notice: `${words.notUndone} ${calendarError(PageError.from(error).code)}` });
    }
    await this.#show(undoable.moved[0]!.id);
  }

  async #moveBack({ moved }: Undoable): Promise<void> {
    const now = new Map(moved.map(({ id, version }) => [id, { version, at: undefined as Target | undefined }]));
    for (const { id, before } of moved) {
      const { version, at } = now.get(id)!;
      if (isSame(at, before)) continue;
      // Where it was is where it is to be, whatever that gives up.
      const { appointments } = await this.#client.move({ id, version }, before, { givesUp: [...WISHES] });
      for (const one of appointments) {
        now.set(one.id, { version: one.version, at: { performerId: one.performer.id, startMs: +one.startsAt } });
      }
    }
  }

  /** After what is shown was fetched anew: somebody else may have changed what is carried. */
  follow(): void {
    const { carry, drawn } = this.#state.get();
    if (!carry || carry.isSending) return;
    const now = drawn?.calendar.appointments.find(({ id }) => id === carry.appointment.id);
    if (now && now.version !== carry.appointment.version) {
      this.#state.change({ carry: undefined, notice: words.changedMeanwhile });
      return;
    }
    void this.findTimes();
  }

  /** Of this appointment, as long as it is the one that is carried. */
  #change({ id }: CalendarAppointment, change: Partial<Carry>): void {
    const { carry } = this.#state.get();
    if (carry?.appointment.id === id) this.#state.change({ carry: { ...carry, ...change } });
  }
}

function isSame(one: Target | undefined, other: Target | undefined): boolean {
  return one?.performerId === other?.performerId && one?.startMs === other?.startMs;
}

/** Whether a target is where the appointment is already. */
export function isAt({ performer, startsAt }: CalendarAppointment, { performerId, startMs }: Target): boolean {
  return performer.id === performerId && +startsAt === startMs;
}
