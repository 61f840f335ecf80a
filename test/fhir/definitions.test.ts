import type { Patient } from 'fhir/r4.js';
import { expect, test } from 'vitest';
import { problemsOf } from './r4.ts';

const PATIENT: Patient = { resourceType: 'Patient', id: 'a', name: [{ family: 'Prov' }] };

test('the R4 definitions know an element too much, one too few, a wrong type and a broken invariant', () => {
  expect(problemsOf(PATIENT)).toEqual([]);
  expect(problemsOf({ ...PATIENT, colour: 'blue' } as Patient)).not.toEqual([]);
  expect(problemsOf({ resourceType: 'Appointment', participant: [] } as never)).not.toEqual([]);
  expect(problemsOf({ ...PATIENT, birthDate: 'in spring' })).not.toEqual([]);
  expect(problemsOf({ ...PATIENT, contact: [{ gender: 'female' }] })).not.toEqual([]);
});
