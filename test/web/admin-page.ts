import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { BookingQueue } from '../../src/queue/booking-queue.ts';
import { bury } from '../../src/storage/repositories/dead-letters.ts';
import type { AdminView } from '../../src/web/messages/drift.sv.ts';
import type { TestDatabase } from '../storage/database.ts';
import { type ClinicPage, type clinicPages, demo } from './shell-pages.ts';

/** The operations page of the demo clinic at a view, signed in as its operator, with a job queue behind. */
export async function openAdmin(
  open: ReturnType<typeof clinicPages>,
  view: AdminView,
  { plant = async () => undefined, ...options }: Parameters<typeof open>[1] = {},
): Promise<ClinicPage> {
  const opened = await open(`/drift#${view}`, {
    ...options,
    async plant(database) {
      await demo(database);
      await plant(database);
    },
    async clinic({ storage }) {
      const queue = await BookingQueue.open({ storage, workers: 0, workerScript: '', log: () => undefined });
      onTestFinished(() => queue.close());
      return { queue };
    },
  });
  await opened.page.getByRole('button', { name: 'Dana Drift' }).click();
  await opened.page.getByRole('navigation', { name: 'Drift' }).waitFor();
  return opened;
}

/** Of the request whose job was given up. */
export const BURIED_ID = '5f0c9f3e-9a53-4a52-8b0e-1d5f0f6f7a10';

/** Jobs that were given up. */
export async function buryTwo({ storage }: TestDatabase): Promise<void> {
  const letter = {
    topic: 'request.created',
    payload: { requestId: BURIED_ID },
    code: 'DATABASE_BUSY',
    reason: 'Databasen var upptagen vid varje försök. Försök igen när belastningen är lägre.',
    attempts: 9,
  };
  await storage.transaction((tables) => bury(tables, { ...letter, jobId: 'first' }));
  await storage.transaction((tables) =>
    bury(tables, { ...letter, jobId: 'second', topic: 'webhook.due', payload: {}, attempts: 1 }),
  );
}

/** What the bar at the foot of the page says was done. */
export async function toldBy(page: Page, text: string | RegExp): Promise<void> {
  await page.locator('.notice').getByText(text).waitFor();
}
