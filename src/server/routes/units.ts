import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { NewUnit, UnitList, UnitView } from '../../contracts/access-api-accounts.ts';
import { UnitSettings, UnitSettingsBody } from '../../contracts/access-api-units.ts';
import { Id } from '../../contracts/clinic.ts';
import { notFound } from '../../storage/audited-transaction.ts';
import {
  addStaffUnit,
  changeUnit,
  createUnit,
  listUnits,
  type Unit,
  unitById,
  worksAtUnit,
} from '../../storage/repositories/staff.ts';
import type { Storage } from '../../storage/storage.ts';
import { jsonText } from '../../storage/tables/columns.ts';
import { accessContext, type StaffActor } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { RequestError } from '../request-error.ts';

const OPERATORS = ['operator'] as const;
const params = z.object({ id: Id });

/** The clinic's units and their settings. */
export async function unitRoutes(app: FastifyInstance, { storage }: { storage: Storage }): Promise<void> {
  apiRoute(
    app,
    { method: 'GET', url: '/api/units', summary: 'The units where one works', roles: [], answers: UnitList },
    async ({ actor }) => ({
      items: (await listUnits(storage.plain)).filter(({ id }) => actor.unitIds.includes(id)),
    }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/units',
      summary: 'Make a unit; whoever makes it manages it',
      roles: OPERATORS,
      body: NewUnit,
      answers: UnitView,
      status: 201,
    },
    async ({ request, actor, body }) =>
      storage.withAudit(actor, accessContext(request, 'operation'), async (transaction) => {
        const unit = await createUnit(transaction.plain, body);
        await addStaffUnit(transaction.plain, actor.id, unit.id);
        transaction.record('account-changed', 'units', unit.id);
        return unit;
      }),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/units/:id',
      summary: "A unit's settings: its deputy, how long it waits, its proposals",
      roles: OPERATORS,
      params,
      answers: UnitSettings,
    },
    async ({ actor, params: { id } }) => {
      checkManaged(actor, id);
      return settingsOf(await unitById(storage.plain, id));
    },
  );

  apiRoute(
    app,
    {
      method: 'PUT',
      url: '/api/units/:id',
      summary: "Set a unit's settings, all of them",
      roles: OPERATORS,
      params,
      body: UnitSettingsBody,
      changesVersion: true,
      answers: UnitSettings,
    },
    async ({ request, actor, params: { id }, body: { defaults, ...settings }, version }) => {
      checkManaged(actor, id);
      return storage.withAudit(actor, accessContext(request, 'operation'), async (transaction) => {
        const { plain } = transaction;
        const { deputyId } = settings;
        if (deputyId !== null && !(await worksAtUnit(plain, id, deputyId, 'clinician'))) throw noDeputy();
        const changes = { ...settings, defaults: defaults && jsonText(defaults) };
        const unit = await changeUnit(plain, id, version, changes);
        transaction.record('account-changed', 'units', id);
        return settingsOf(unit);
      });
    },
  );
}

function settingsOf({ createdAt: _c, updatedAt: _u, ...settings }: Unit): UnitSettings {
  return settings;
}

function checkManaged(actor: StaffActor, unitId: string): void {
  if (!actor.unitIds.includes(unitId)) throw notFound('unit');
}

function noDeputy(): RequestError {
  return new RequestError('REQUEST_INVALID', 'the value of "deputyId" is not usable', {
    param: 'deputyId',
    expected: 'a clinician with an open account who works at the unit',
  });
}
