import type { FhirResource } from 'fhir/r4.js';
import type { AccessPurpose } from '../contracts/access.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import type { SearchParameter } from './search/parameters.ts';
import type { SearchQuery } from './search/search-query.ts';
import type { FhirTypeName } from './systems.ts';

/** Who asks for what where: what an answer needs to know of its request. */
export interface Asked {
  /** Of the FHIR interface, without a slash at its end. */
  readonly baseUrl: string;
  readonly nowMs: number;
}

export interface FoundResources {
  readonly resources: readonly FhirResource[];
  readonly total: number;
  /** What `_page` of the next page is; null on the last one. */
  readonly next: string | null;
}

/** References that can be asked for along with what was found: `_include=Type:name`. */
export interface Include {
  /** Where they stand, as participant.actor; lists are gone through. */
  readonly path: string;
  /** Those of other types are left out. */
  readonly types: readonly FhirTypeName[];
}
export type Includes = Readonly<Record<string, Include>>;

/** Of IHE ITI Scheduling. */
export type SchedulingOperation = 'find' | 'hold' | 'book';

export interface FhirOperation {
  readonly name: SchedulingOperation;
  /** Its OperationDefinition. */
  readonly definition: string;
  readonly documentation: string;
}

/** A type of resource as it is served, and as the CapabilityStatement tells it. */
export interface FhirType {
  readonly type: FhirTypeName;
  readonly documentation: string;
  /** What the log of accesses says that it is read for. */
  readonly purpose: AccessPurpose;
  readonly isVersioned: boolean;
  readonly params: Readonly<Record<string, SearchParameter>>;
  /** Those of the parameters that order what is found. */
  readonly sorts: readonly string[];
  readonly includes: Includes;
  readonly operations: readonly FhirOperation[];
  /** Throws NOT_FOUND, also for another unit's. */
  readonly read: (transaction: AuditedTransaction, id: string, asked: Asked) => Promise<FhirResource>;
  readonly search: (transaction: AuditedTransaction, query: SearchQuery, asked: Asked) => Promise<FoundResources>;
}
