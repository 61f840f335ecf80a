import type { ImportKind } from '../contracts/exchange-api.ts';
import type {
  BundledResource,
  FhirConcept,
  FhirIdentifier,
  FhirName,
  FhirReference,
} from '../contracts/fhir-bundle.ts';
import { HSA_SYSTEM, ROLE_SYSTEM } from '../contracts/fhir-systems.ts';
import type { ColumnOf } from './columns.ts';

export type BundledType = BundledResource['resourceType'];
export type Bundled<Type extends BundledType> = Extract<BundledResource, { resourceType: Type }>;
/** Of a row, what there is. */
export type Fields<Kind extends ImportKind> = Partial<Record<ColumnOf<Kind>, string | undefined>>;

/** A row as a Bundle has it. */
export interface BundledRow<Kind extends ImportKind> {
  /** Of its entry, from 1, as a table counts its lines. */
  readonly line: number;
  readonly fields: Fields<Kind>;
}

/** Where each resource stands, and where it is found by what others call it. */
export class BundleBook {
  readonly #entries: { readonly line: number; readonly resource: BundledResource }[] = [];
  readonly #byReference = new Map<string, BundledResource>();

  add(line: number, resource: BundledResource, fullUrl: string | undefined): void {
    const { resourceType, id } = resource;
    this.#entries.push({ line, resource });
    if (fullUrl !== undefined) this.#byReference.set(fullUrl, resource);
    if (id !== undefined) this.#byReference.set(`${resourceType}/${id}`, resource);
  }

  all<Type extends BundledType>(type: Type): { readonly line: number; readonly resource: Bundled<Type> }[] {
    return this.#entries.filter(({ resource }) => resource.resourceType === type) as {
      line: number;
      resource: Bundled<Type>;
    }[];
  }

  find<Type extends BundledType>(type: Type, at: FhirReference | undefined): Bundled<Type> | undefined {
    const resource = this.#byReference.get(at?.reference ?? '');
    return resource?.resourceType === type ? (resource as Bundled<Type>) : undefined;
  }

  /** Of what a reference leads to, whether that is in the Bundle or not. */
  typeOf(at: FhirReference): string | undefined {
    const resource = this.#byReference.get(at.reference ?? '');
    return resource?.resourceType ?? at.type ?? at.reference?.split('/').at(-2);
  }
}

export function namesOf(names: readonly FhirName[]): {
  givenName?: string | undefined;
  familyName?: string | undefined;
} {
  const name = names.find(({ use }) => use === 'official') ?? names[0];
  return { givenName: name?.given.join(' '), familyName: name?.family };
}

/** As a line of the calendar would be called. */
export function fullName(names: readonly FhirName[]): string | undefined {
  const { givenName, familyName } = namesOf(names);
  return [givenName, familyName].filter(Boolean).join(' ') || names[0]?.text;
}

export function hsaIdOf(identifiers: readonly FhirIdentifier[]): string | undefined {
  return identifiers.find(({ system }) => system === HSA_SYSTEM)?.value;
}

/** HL7's own words for the two professions that everybody has. */
const COMMON_PROFESSIONS: Readonly<Record<string, string>> = { doctor: 'läkare', nurse: 'sjuksköterska' };

/** The profession of the first concept that tells one: by our code, else in words. */
export function professionOf(concepts: readonly FhirConcept[]): string | undefined {
  const codings = concepts.flatMap(({ coding }) => coding);
  const own = codings.find(({ system }) => system === ROLE_SYSTEM)?.code;
  const said = concepts[0]?.text ?? codings.flatMap(({ display }) => display ?? [])[0];
  return own ?? codings.flatMap(({ code = '' }) => COMMON_PROFESSIONS[code] ?? [])[0] ?? said;
}
