import { describe, expect, test } from 'vitest';
import { numberOf } from '../../src/access/openid/patient-number.ts';
import { loadConfig } from '../../src/config.ts';
import { AppError } from '../../src/contracts/errors.ts';

const TODAY = '2026-03-10';

describe('the personal number that a provider tells', () => {
  test.each([
    [{ personal_identity_number: '191212121212' }, '191212121212'],
    [{ ssn: '19121212-1212' }, '191212121212'],
    [{ 'https://id.oidc.se/claim/personalIdentityNumber': '191212121212', ssn: '19121212-1212' }, '191212121212'],
  ])('is read from %j as patients are kept by it', (claims, number) => {
    expect(numberOf(claims, undefined, TODAY)).toBe(number);
  });

  test('is read from the claim that the site has agreed on, and from no other', () => {
    const claims = { pnr: '191212121212', ssn: '194512179808' };
    expect(numberOf(claims, 'pnr', TODAY)).toBe('191212121212');
    expect(() => numberOf({ ssn: '191212121212' }, 'pnr', TODAY)).toThrow('no personal number');
  });

  test.each([
    [{}],
    [{ ssn: 191212121212 }],
    [{ ssn: '01010150074' }],
    [{ ssn: '191212121213' }],
    [{ ssn: '191212121212', nin: '194512179808' }],
  ])('is refused in %j, which no message repeats', (claims) => {
    const failure = (() => {
      try {
        return numberOf(claims, undefined, TODAY);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toMatchObject({ code: 'LOGIN_REFUSED' });
    expect(String(failure)).not.toMatch(/\d{6}/);
  });
});

describe('the setting of a provider', () => {
  const read = (text: string) => loadConfig({ TALTID_PATIENT_LOGIN: text }).patientLogin;

  test('is its address with the client’s name and secret, and what it wants', () => {
    expect(read('https://taltid:s%40cret%2F@login.example/tenant?scope=nin&level=urn:a,urn:b&claim=nin')).toEqual({
      issuer: 'https://login.example/tenant',
      clientId: 'taltid',
      clientSecret: 's@cret/',
      scope: 'nin',
      levels: ['urn:a', 'urn:b'],
      claim: 'nin',
    });
    expect(read('http://taltid:x@127.0.0.1:9000')).toMatchObject({ issuer: 'http://127.0.0.1:9000', levels: [] });
  });

  test.each(['http://taltid:hemligt@login.example', 'https://taltid@login.example/hemligt', 'hemligt'])(
    '%s is refused, and its secret not repeated',
    (text) => {
      const failure = (() => {
        try {
          return read(text);
        } catch (error) {
          return error;
        }
      })();
      expect(failure).toBeInstanceOf(AppError);
      expect(failure).toMatchObject({ code: 'CONFIG_INVALID' });
      expect(String(failure)).not.toContain('hemligt');
    },
  );
});
