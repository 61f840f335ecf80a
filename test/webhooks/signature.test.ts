import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WebhookSecret } from '../../src/contracts/webhooks.ts';
import { isAllowedHost, requireAllowed } from '../../src/webhooks/hosts.ts';
import { DEFAULT_RETRY_TIMES, delayAfter } from '../../src/webhooks/retry-times.ts';
import { newWebhookSecret, signatureHeaders } from '../../src/webhooks/signature.ts';

describe('a signature', () => {
  test("is that of the specification's own example", () => {
    // From the reference implementations' tests of the Standard Webhooks specification.
    const headers = signatureHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      unixSeconds: 1_614_265_330,
      body: '{"test": 2432232314}',
    });
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  test('holds for a new secret, which is long enough', () => {
    const secret = newWebhookSecret();
    expect(WebhookSecret.safeParse(secret).success).toBe(true);
    const headers = signatureHeaders(secret, { id: 'msg_1', unixSeconds: 5, body: 'å' });
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    expect(key).toHaveLength(32);
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update('msg_1.5.å').digest('base64')}`);
  });
});

describe('a webhook goes', () => {
  const hosts = ['ehr.klinik.se', '10.1.2.3:8443', '[::1]:9'];

  test.each(['https://ehr.klinik.se/hook', 'http://ehr.klinik.se/', 'https://10.1.2.3:8443/a?b', 'http://[::1]:9/'])(
    'to %s, which is named',
    (url) => expect(isAllowedHost(url, hosts)).toBe(true),
  );

  test.each([
    'https://ehr.klinik.se:444/',
    'https://ehr.klinik.se.elsewhere.example/',
    'https://10.1.2.3/',
    'http://127.0.0.1/',
    'http://localhost/',
  ])('not to %s', (url) => expect(() => requireAllowed(url, hosts)).toThrow(/TALTID_WEBHOOK_HOSTS/));

  test.each(['https://user:word@ehr.klinik.se/', 'https://ehr.klinik.se/#a'])('not by %s', (url) =>
    expect(() => requireAllowed(url, hosts)).toThrow(/without a password or a fragment/),
  );
});

describe('an attempt that failed is followed by another', () => {
  test('after 5 s, then later each time, up to hours', () => {
    const delays = Array.from({ length: 12 }, (_, failed) => delayAfter(failed + 1, DEFAULT_RETRY_TIMES, 0, 0));
    expect(delays[0]).toBe(5_000);
    expect(delays).toEqual(delays.toSorted((one, other) => one - other));
    expect(delays.at(-1)).toBe(4 * 3_600_000);
  });

  test('no sooner than the receiver asks, and within the longest delay', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, asked, lot) => {
          const delay = delayAfter(n, DEFAULT_RETRY_TIMES, asked, lot);
          expect(delay).toBeGreaterThanOrEqual(Math.min(asked, DEFAULT_RETRY_TIMES.longestDelayMs));
          expect(delay).toBeLessThanOrEqual(DEFAULT_RETRY_TIMES.longestDelayMs);
        },
      ),
    );
  });
});
