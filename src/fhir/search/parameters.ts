import { Id } from '../../contracts/clinic.ts';
import { AppError } from '../../contracts/errors.ts';
import { HSA_SYSTEM, PERSONAL_NUMBER_SYSTEMS } from '../../contracts/fhir-systems.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import type { RecordFilter, RecordOrder } from '../../storage/repositories/fhir-records.ts';
import { type FhirTypeName, URI_SYSTEM } from '../systems.ts';
import { readDate } from './dates.ts';

/** What can be searched by, as the CapabilityStatement tells it. */
export interface SearchParameter {
  readonly type: 'token' | 'reference' | 'date' | 'string';
  readonly documentation: string;
  /** Of a reference: what it leads to. */
  readonly targets?: readonly FhirTypeName[];
}

/** One of stored records: what a value of it asks of them. `filter` throws REQUEST_INVALID. */
export interface RecordParameter extends SearchParameter {
  readonly filter: (value: string) => RecordFilter;
  /** Of an instant or a day: what it orders lists by. */
  readonly order?: Omit<RecordOrder, 'isDescending'>;
}

const NOTHING: RecordFilter = { anyOf: [] };

/** Of `system|code`: the code alone where the system is one of the parameter's, undefined where it is another. */
function codeOf(token: string, systems: readonly string[]): string | undefined {
  const at = token.indexOf('|');
  if (at < 0) return token;
  const system = token.slice(0, at);
  return system === '' || systems.includes(system) ? token.slice(at + 1) : undefined;
}

/** Values of a list with commas, any of which may be. */
function anyOfList(value: string): string[] {
  return value.split(',').map((each) => each.trim());
}

export function idParameter(column = 'id'): RecordParameter {
  return {
    type: 'token',
    documentation: 'Logical id',
    filter: (value) => ({ column, isOneOfIds: idsIn(anyOfList(value)) }),
  };
}

/** A token whose codes are states of our own: those of which the table makes the code. */
export function statusParameter<State extends string>(
  statuses: Readonly<Record<State, string>>,
  column: string,
): RecordParameter {
  const codes = [...new Set(Object.values<string>(statuses))];
  return {
    type: 'token',
    documentation: codes.join(', '),
    filter: (value) => {
      // Whatever its system: FHIR has one for each of these.
      const asked = anyOfList(value).map((token) => token.slice(token.indexOf('|') + 1));
      const states = (Object.keys(statuses) as State[]).filter((state) => asked.includes(statuses[state]));
      return { column, isOneOf: states };
    },
  };
}

export function codeParameter(column: string, system: string, documentation: string): RecordParameter {
  return {
    type: 'token',
    documentation,
    filter: (value) => ({ column, isOneOf: codesIn(value, [system]) }),
  };
}

/** A code that is an id of our own. */
export function idCodeParameter(column: string, system: string, documentation: string): RecordParameter {
  return {
    type: 'token',
    documentation,
    filter: (value) => ({ column, isOneOfIds: idsIn(codesIn(value, [system])) }),
  };
}

/** References by `Type/id`, by the id alone, or absolute. */
export function referenceParameter(
  types: readonly FhirTypeName[],
  column: string,
  documentation: string,
): RecordParameter {
  return {
    type: 'reference',
    documentation,
    targets: types,
    filter: (value) => ({ column, isOneOfIds: referredIds(value, types) }),
  };
}

/** References to what stands in several columns, of which some are lists: an id is of one of them only. */
export function anyReferenceParameter(
  types: readonly FhirTypeName[],
  { columns, lists = [] }: { readonly columns: readonly string[]; readonly lists?: readonly string[] },
  documentation: string,
): RecordParameter {
  return {
    type: 'reference',
    documentation,
    targets: types,
    filter: (value) => {
      const ids = referredIds(value, types);
      return {
        anyOf: [
          ...columns.map((column) => ({ column, isOneOfIds: ids })),
          ...lists.map((column) => ({ column, holdsIds: ids })),
        ],
      };
    },
  };
}

export function dateParameter(
  column: string,
  documentation: string,
  { mayBeEmpty = false }: { readonly mayBeEmpty?: boolean } = {},
): RecordParameter {
  return {
    type: 'date',
    documentation,
    order: { column, mayBeEmpty },
    filter: (value) => ({
      anyOf: anyOfList(value).map((each) => {
        const { fromMs, beforeMs } = readDate(each);
        return { column, from: dateOrNull(fromMs), before: dateOrNull(beforeMs) };
      }),
    }),
  };
}

/** Of a column with a day, which may be empty. */
export function dayParameter(column: string, documentation: string): RecordParameter {
  return {
    type: 'date',
    documentation,
    order: { column, mayBeEmpty: true },
    filter: (value) => ({
      anyOf: anyOfList(value).map((each) => {
        const { fromMs, beforeMs } = readDate(each);
        return { column, firstDay: dayOf(fromMs), lastDay: beforeMs === null ? null : dayOf(beforeMs - 1) };
      }),
    }),
  };
}

/** A string that the column, which is in small letters, begins with. */
export function nameParameter(columns: readonly string[], documentation: string): RecordParameter {
  return {
    type: 'string',
    documentation,
    filter: (value) => ({
      anyOf: anyOfList(value)
        .filter((each) => each !== '')
        .flatMap((each) => columns.map((column) => ({ column, beginsWith: each.toLowerCase() }))),
    }),
  };
}

/** `urn:uuid:` and an id, which is that of the resource itself. */
export function uuidIdentifierParameter(column: string): RecordParameter {
  return {
    type: 'token',
    documentation: 'urn:ietf:rfc:3986|urn:uuid:<id>',
    filter: (value) => {
      const uuids = codesIn(value, [URI_SYSTEM]).map((code) => code.replace(/^urn:uuid:/, ''));
      return { column, isOneOfIds: idsIn(uuids) };
    },
  };
}

export function hsaIdParameter(): RecordParameter {
  return {
    type: 'token',
    documentation: `${HSA_SYSTEM}|<HSA-id>`,
    filter: (value) => ({ column: 'hsa_id', isOneOf: codesIn(value, [HSA_SYSTEM]) }),
  };
}

/** A patient's number, in the record itself or in that of the patient whom a column names. */
export function personalNumberParameter(column?: string): RecordParameter {
  return {
    type: 'token',
    documentation: 'personnummer or samordningsnummer of 12 digits, or reservnummer, with its system',
    filter: (value) => {
      const numbers = codesIn(value, Object.values(PERSONAL_NUMBER_SYSTEMS));
      if (numbers.length === 0) return NOTHING;
      return column === undefined
        ? { column: 'personal_number', isOneOf: numbers }
        : { column, isPatientNumbered: numbers };
    },
  };
}

function codesIn(value: string, systems: readonly string[]): string[] {
  return anyOfList(value).flatMap((token) => codeOf(token, systems) ?? []);
}

function idsIn(texts: readonly string[]): string[] {
  return texts.filter((text) => Id.safeParse(text).success);
}

/** Ids that a value of references names. Throws REQUEST_INVALID for a type that is never there. */
function referredIds(value: string, types: readonly FhirTypeName[]): string[] {
  return idsIn(anyOfList(value).map((each) => idOfReference(each, types)));
}

/** The id of `Type/id`, absolute or not. Throws REQUEST_INVALID for another type. */
export function idOfReference(reference: string, types: readonly FhirTypeName[]): string {
  const [id = '', type] = reference.split('/').reverse();
  if (type === undefined || types.some((one) => one === type)) return id;
  throw new AppError('REQUEST_INVALID', 'a reference leads to another type of resource', {
    expected: types.join(' or '),
  });
}

function dayOf(ms: number | null): string | null {
  return ms === null ? null : stockholmClockAt(ms).date;
}

function dateOrNull(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
