import { z } from 'zod';
import { AppError } from '../../contracts/errors.ts';
import type { RawQuery } from '../search/search-query.ts';

const MOST_PARAMETERS = 50;
const MOST_CHARACTERS = 1000;

const Text = z.string().min(1).max(MOST_CHARACTERS);
export const IdentifierValue = z.object({ system: Text.optional(), value: Text });
export type IdentifierValue = z.infer<typeof IdentifierValue>;
export const ReferenceValue = z.object({ reference: Text.optional(), identifier: IdentifierValue.optional() });
export type ReferenceValue = z.infer<typeof ReferenceValue>;

/** A Patient that a client sends along, as far as it says who that is. */
export const SentPatient = z.object({
  resourceType: z.literal('Patient'),
  id: Text.optional(),
  identifier: z.array(IdentifierValue).max(20).default([]),
});

export const TimingValue = z.object({
  repeat: z
    .object({
      dayOfWeek: z
        .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
        .max(7)
        .default([]),
      when: z.array(z.string().max(20)).max(20).default([]),
    })
    .optional(),
});
export type TimingValue = z.infer<typeof TimingValue>;

const Coding = z.object({ system: Text.optional(), code: Text.optional() });
const Concept = z.object({ coding: z.array(Coding).max(20).default([]), text: Text.optional() });

const Parameter = z.object({
  name: z.string().max(100),
  valueString: Text.optional(),
  valueCode: Text.optional(),
  valueDateTime: Text.optional(),
  valueInstant: Text.optional(),
  valueDate: Text.optional(),
  valueInteger: z.int().optional(),
  valuePositiveInt: z.int().optional(),
  valueUnsignedInt: z.int().optional(),
  valueReference: ReferenceValue.optional(),
  valueIdentifier: IdentifierValue.optional(),
  valueTiming: TimingValue.optional(),
  valueCoding: Coding.optional(),
  valueCodeableConcept: Concept.optional(),
  resource: z.unknown().optional(),
});
type Parameter = z.infer<typeof Parameter>;

const Parameters = z.object({
  resourceType: z.literal('Parameters'),
  parameter: z.array(Parameter).max(MOST_PARAMETERS).default([]),
});

/** What an operation is told, by name. */
export class OperationInput {
  readonly #parameters: readonly Parameter[];

  constructor(parameters: readonly Parameter[]) {
    this.#parameters = parameters;
  }

  /** Names among these that nobody knows here. */
  othersThan(known: readonly string[]): string[] {
    return [...new Set(this.#parameters.map(({ name }) => name))].filter((name) => !known.includes(name));
  }

  texts(name: string): string[] {
    return this.#named(name).flatMap((one) => {
      const { valueString, valueCode, valueDateTime, valueInstant, valueDate } = one;
      const number = one.valueInteger ?? one.valuePositiveInt ?? one.valueUnsignedInt;
      return valueString ?? valueCode ?? valueDateTime ?? valueInstant ?? valueDate ?? number?.toString() ?? [];
    });
  }

  /** Codes without their systems: of `system|code` with commas between, of codings, and where there are none the text. */
  codes(name: string): string[] {
    const ofTexts = this.texts(name).flatMap((text) => text.split(','));
    const ofConcepts = this.#named(name).flatMap(({ valueCoding, valueCodeableConcept }) => {
      const { coding = [], text } = valueCodeableConcept ?? {};
      const codes = [...(valueCoding ? [valueCoding] : []), ...coding].flatMap(({ code }) => code ?? []);
      return codes.length > 0 ? codes : (text ?? []);
    });
    return [...ofTexts, ...ofConcepts].map((token) => token.slice(token.indexOf('|') + 1).trim());
  }

  text(name: string): string | undefined {
    return this.texts(name)[0];
  }

  /** A reference may also be written as its text. */
  references(...names: readonly string[]): ReferenceValue[] {
    return names.flatMap((name) =>
      this.#named(name).flatMap(
        ({ valueReference, valueString }) =>
          valueReference ?? (valueString === undefined ? [] : { reference: valueString }),
      ),
    );
  }

  /** An identifier may also be written as `system|value`. */
  identifier(name: string): IdentifierValue | undefined {
    const [one] = this.#named(name);
    if (one?.valueIdentifier !== undefined) return one.valueIdentifier;
    const [value, system] = (one?.valueString ?? '').split('|').reverse();
    return value === undefined || value === '' ? undefined : { value, ...(system && { system }) };
  }

  timing(name: string): TimingValue | undefined {
    return this.#named(name)[0]?.valueTiming;
  }

  resource(name: string): unknown {
    return this.#named(name)[0]?.resource;
  }

  #named(name: string): Parameter[] {
    return this.#parameters.filter((one) => one.name === name);
  }
}

/** Reads a Parameters resource, or a query where there is no body. Throws REQUEST_INVALID. */
export function readParameters(body: unknown, query: RawQuery): OperationInput {
  const ofQuery = query.slice(0, MOST_PARAMETERS).map(([name, valueString]) => ({ name, valueString }));
  const given = body ?? { resourceType: 'Parameters', parameter: [] };
  const read = Parameters.safeParse(given);
  const queried = z.array(Parameter).safeParse(ofQuery.filter(({ valueString }) => valueString !== ''));
  if (read.success && queried.success) return new OperationInput([...read.data.parameter, ...queried.data]);
  const path = (read.error ?? queried.error)?.issues[0]?.path.join('.');
  throw new AppError('REQUEST_INVALID', 'the operation is not usable', {
    expected: `a Parameters resource; ${path || 'its type'} is not of one`,
  });
}
