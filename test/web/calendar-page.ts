import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { TaskTimes } from '../../src/contracts/appointments-api.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { addDays, type LocalDate, weekdayOf } from '../../src/followup/calendar/local-date.ts';
import { parseLocalTime, stockholmClockAt, stockholmInstant } from '../../src/followup/calendar/local-time.ts';
import { plantChain } from '../appointments/planted-chain.ts';
import { type SignedInHeaders, signedInAs } from '../server/signed-in.ts';
import { type Clinic, plantClinic } from '../storage/clinic.ts';
import type { TestDatabase } from '../storage/database.ts';
import { type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';
import type { ClinicPage, clinicPages } from './shell-pages.ts';

const today = stockholmClockAt(Date.now()).date;
/** A Wednesday in six weeks; the visit may be moved to the Friday after it. */
export const VISIT_DAY: LocalDate = addDays(today, 42 + 3 - weekdayOf(today));
const TARGET_DAY = addDays(VISIT_DAY, 2);
const LAB_DAY = addDays(VISIT_DAY, -2);

const VISIT: FollowUpRequest = {
  id: 'R1',
  type: 'aterbesok',
  role: 'lakare',
  time: { kind: 'om', expr: 'om sex veckor', target: VISIT_DAY, mal_datum: TARGET_DAY },
};
const LAB: FollowUpRequest = {
  id: 'R2',
  type: 'provtagning',
  before: 'R1',
  time: { kind: 'relativ', expr: 'två dagar innan', offset: '-P2D' },
};

export interface CalendarWorld extends ClinicPage {
  readonly clinic: Clinic;
  readonly calendar: PlantedCalendar;
  readonly visitId: string;
  readonly labId: string;
  /** Of the administrator, for what is done beside the page. */
  readonly headers: SignedInHeaders;
}

/** Eight o'clock on a day, or another time, by the clock on the wall. */
export function at(day: LocalDate, time = '08:00'): string {
  return new Date(stockholmInstant(day, parseLocalTime(time)!).instantMs).toISOString();
}

/** The calendar's page, where a visit and the test before it are booked, signed in as who may change everything. */
export async function openCalendar(
  open: ReturnType<typeof clinicPages>,
  { path = '', ...options }: BrowserContextOptions & { path?: string } = {},
): Promise<CalendarWorld> {
  let clinic: Clinic | undefined;
  let calendar: PlantedCalendar | undefined;
  let headers: SignedInHeaders | undefined;
  const plant = async ({ storage }: TestDatabase) => {
    clinic = await plantClinic(storage);
    calendar = await plantCalendar(storage, clinic, { onFreeDays: true });
    headers = await signedInAs(storage, clinic.administrator.id);
  };
  const opened = await open('/inloggning', { ...options, plant });
  const { page, url, database } = opened;
  const [task] = await plantChain(database.storage, clinic!, [VISIT, LAB]);
  const answer = await fetch(`${url}/api/tasks/${task!.id}/booking`, {
    method: 'POST',
    headers: { ...headers!, 'content-type': 'application/json', 'if-match': `"${task!.version}"` },
    body: JSON.stringify({
      what: 'chosen',
      visits: [
        { taskId: task!.id, performerId: calendar!.doctorId, startsAt: at(VISIT_DAY) },
        { taskId: await labTaskId(database, task!.chainId), performerId: calendar!.labId, startsAt: at(LAB_DAY) },
      ],
    }),
  });
  const { appointments } = TaskTimes.parse(await answer.json());
  const [name = '', value = ''] = headers!.cookie.split('=');
  await page.context().addCookies([{ name, value, url }]);
  await page.goto(`${url}/tidbok?datum=${VISIT_DAY}&enhet=${clinic!.unitId}${path}`);
  const idOf = (type: string) => appointments.find((one) => one.type === type)!.id;
  return {
    ...opened,
    clinic: clinic!,
    calendar: calendar!,
    headers: headers!,
    visitId: idOf('aterbesok'),
    labId: idOf('provtagning'),
  };
}

async function labTaskId({ owner }: TestDatabase, chainId: string): Promise<string> {
  const { rows } = await owner.query("select id from admin_tasks where chain_id = $1 and type = 'provtagning'", [
    chainId,
  ]);
  return rows[0].id;
}

/** Where an appointment is in the database. */
export async function placeOf({ database: { owner } }: CalendarWorld, id: string): Promise<string> {
  const { rows } = await owner.query('select starts_at from appointments where id = $1', [id]);
  return rows[0].starts_at.toISOString();
}

/** The place that has the focus, by its name. */
export function focused(page: Page): Promise<string | null> {
  return page.evaluate('document.activeElement?.getAttribute("aria-label")');
}

/** The words at the foot of the page about what was done last. */
export async function expectNotice(page: Page, text: RegExp): Promise<void> {
  await page.locator('.bar.shown').getByText(text).waitFor();
  expect(await page.locator('.move-bar').count()).toBe(0);
}
