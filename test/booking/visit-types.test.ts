import { describe, expect, test } from 'vitest';
import { visitTypeFor } from '../../src/booking/fit.ts';

const ofNurse = { type: 'aterbesok', service: null, role: 'distriktsskoterska' } as const;
const ofDoctor = { type: 'aterbesok', service: null, role: 'lakare' } as const;
const spirometry = { type: 'aterbesok', service: 'spirometri', role: 'sjukskoterska' } as const;
const TYPES = [ofNurse, ofDoctor, spirometry];
const ASKED = { type: 'aterbesok', service: null, role: null, orderedByRole: 'lakare' } as const;

describe('the visit type of what was asked for', () => {
  test('is of the competence that was asked for', () => {
    expect(visitTypeFor({ ...ASKED, role: 'distriktsskoterska' }, TYPES)).toBe(ofNurse);
  });

  test('is of who ordered it where none was', () => {
    expect(visitTypeFor(ASKED, TYPES)).toBe(ofDoctor);
  });

  test('is the one with the service that was named, whoever ordered it', () => {
    expect(visitTypeFor({ ...ASKED, service: 'Spirometri' }, TYPES)).toBe(spirometry);
  });

  test('is any of its type where nobody of that competence has one, and none of another type', () => {
    expect(visitTypeFor({ ...ASKED, orderedByRole: 'kurator' }, [ofNurse])).toBe(ofNurse);
    expect(visitTypeFor({ ...ASKED, type: 'telefon' }, TYPES)).toBeUndefined();
  });
});
