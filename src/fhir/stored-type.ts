import type { FhirResource } from 'fhir/r4.js';
import { Id } from '../contracts/clinic.ts';
import { notFound } from '../storage/audited-transaction.ts';
import { findRecords, type RecordFilter, recordById } from '../storage/repositories/fhir-records.ts';
import type { FhirRecordName, FhirRecords } from '../storage/repositories/fhir-sources.ts';
import type { Asked, FhirType } from './fhir-type.ts';
import { dateParameter, idParameter, type RecordParameter } from './search/parameters.ts';
import { writePlace } from './search/search-query.ts';

interface StoredType<Name extends FhirRecordName> extends Pick<FhirType, 'type' | 'documentation' | 'purpose'> {
  readonly from: Name;
  /** What holds of all of the type's records. */
  readonly only?: readonly RecordFilter[];
  readonly params: Readonly<Record<string, RecordParameter>>;
  readonly includes?: FhirType['includes'];
  readonly operations?: FhirType['operations'];
  readonly map: (record: FhirRecords[Name], asked: Asked) => FhirResource;
}

/** A type whose resources are records of the database. */
export function storedType<Name extends FhirRecordName>(stored: StoredType<Name>): FhirType {
  const { type, documentation, purpose, from, only = [], includes = {}, operations = [], map } = stored;
  const params: Readonly<Record<string, RecordParameter>> = {
    _id: idParameter(),
    _lastUpdated: dateParameter('updated_at', 'When it was changed last'),
    ...stored.params,
  };
  return {
    type,
    documentation,
    purpose,
    isVersioned: true,
    params,
    sorts: Object.keys(params).filter((name) => params[name]!.order !== undefined),
    includes,
    operations,
    async read(transaction, id, asked) {
      if (!Id.safeParse(id).success) throw notFound(type);
      return map(await recordById(transaction, from, id, only), asked);
    },
    async search(transaction, { values, count, sort, after }, asked) {
      const filters = [
        ...only,
        ...[...values].flatMap(([name, all]) => all.map((value) => params[name]!.filter(value))),
      ];
      const by = sort && params[sort.name]!.order;
      const order = by && { ...by, isDescending: sort.isDescending };
      const found = await findRecords(transaction, from, { filters, limit: count, order, after });
      return {
        resources: found.records.map((record) => map(record, asked)),
        total: found.total,
        next: found.next && writePlace(found.next),
      };
    },
  };
}
