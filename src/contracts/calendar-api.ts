import { z } from 'zod';
import { ResourceKind } from './calendar.ts';
import { Id } from './clinic.ts';
import { RequestType } from './followup.ts';

const MAX_IDS = 50;
const MAX_NAME_CHARACTERS = 200;
const MAX_CODE_CHARACTERS = 100;
const DAY_MINUTES = 1440;

const Name = z.string().trim().min(1).max(MAX_NAME_CHARACTERS);
const Code = z.string().trim().min(1).max(MAX_CODE_CHARACTERS);
const Ids = z.array(Id).max(MAX_IDS);
const Versioned = { id: Id, version: z.int(), unitId: Id };

export const OfUnit = z.object({ unit: Id });

export const ResourceBody = z.object({
  name: Name,
  /** The profession, as requests name it. */
  role: Code.nullable().default(null),
  /** False puts it away; what is booked stays. */
  active: z.boolean().default(true),
});

/** Who works at a unit and has no calendar there yet. */
export const PeopleWithoutCalendar = z.object({
  items: z.array(z.object({ id: Id, name: z.string(), role: Code.nullable() })),
});

export const NewResource = z.object({
  unitId: Id,
  kind: ResourceKind,
  name: Name,
  /** Of a person. */
  staffId: Id.nullable().default(null),
  role: Code.nullable().default(null),
  /** Of an interpreter. */
  language: Code.nullable().default(null),
});

export const ResourceView = NewResource.extend({ ...Versioned, active: z.boolean() });
export const ResourceList = z.object({ items: z.array(ResourceView) });

const VisitTypeFields = {
  name: Name,
  /** What letters and the patient's page call it; null for the name. */
  publicName: Name.nullable().default(null),
  type: RequestType,
  service: Name.nullable().default(null),
  role: Code.nullable().default(null),
  durationMinutes: z.int().min(5).max(600),
  interpreterExtraMinutes: z.int().min(0).max(240).default(0),
  /** Of each list one is taken along. */
  roomIds: Ids.default([]),
  equipmentIds: Ids.default([]),
  /** Whether patients book it themselves from an open letter, and move it to another time. */
  patientsBook: z.boolean().default(true),
  patientsRebook: z.boolean().default(true),
};

export const NewVisitType = z.object({ unitId: Id, ...VisitTypeFields });
export const VisitTypeBody = z.object({ ...VisitTypeFields, active: z.boolean().default(true) });
export const VisitTypeView = NewVisitType.extend({ ...Versioned, active: z.boolean() });
export const VisitTypeList = z.object({ items: z.array(VisitTypeView) });

const TemplateFields = {
  /** ISO 8601: 1 is Monday. */
  weekday: z.int().min(1).max(7),
  /** Since midnight by the clock on the wall. */
  fromMinute: z
    .int()
    .min(0)
    .max(DAY_MINUTES - 1),
  untilMinute: z.int().min(6).max(DAY_MINUTES),
  slotMinutes: z.int().min(5).max(480),
  /** 2 for every other week, from the week of `validFrom`. */
  everyWeeks: z.int().min(1).max(8).default(1),
  validFrom: z.iso.date(),
  validUntil: z.iso.date().nullable().default(null),
  roomId: Id.nullable().default(null),
  /** What may be booked in it; anything where there are none. */
  visitTypeIds: Ids.default([]),
  /** Lent to patients until so many days before; null for care's own. */
  lentUntilDays: z.int().min(0).max(365).nullable().default(null),
  onFreeDays: z.boolean().default(false),
  onBridgeDays: z.boolean().default(true),
};

export const NewSlotTemplate = z.object({ unitId: Id, resourceId: Id, ...TemplateFields });
export const SlotTemplateBody = z.object(TemplateFields);
export const SlotTemplateView = NewSlotTemplate.extend(Versioned);
export const SlotTemplateList = z.object({ items: z.array(SlotTemplateView) });

/** When a resource, or a whole unit, is away or shut. */
export const NewClosure = z.object({
  unitId: Id,
  /** Null for the whole unit. */
  resourceId: Id.nullable().default(null),
  firstDay: z.iso.date(),
  lastDay: z.iso.date(),
  /** Of each of the days; null for whole days. */
  fromMinute: z
    .int()
    .min(0)
    .max(DAY_MINUTES - 1)
    .nullable()
    .default(null),
  untilMinute: z.int().min(1).max(DAY_MINUTES).nullable().default(null),
  reason: Name,
});
export const ClosureView = NewClosure.extend(Versioned);
/** What is booked in it stays booked until somebody moves it. */
export const NewClosureAnswer = ClosureView.extend({ bookedMeanwhile: z.int() });
export const ClosureList = z.object({ items: z.array(ClosureView) });
export const ClosureQuery = OfUnit.extend({ from: z.iso.date(), to: z.iso.date() });
