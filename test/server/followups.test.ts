import { describe, expect, test } from 'vitest';
import { FollowUpReading } from '../../src/contracts/followup.ts';
import { MAX_NOTE_CHARACTERS } from '../../src/contracts/followup-api.ts';
import { runApp } from './running-app.ts';

const SECRET = 'Kunigunda';

function post(url: string, body: unknown): Promise<Response> {
  return fetch(`${url}/api/followups`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

describe('POST /api/followups', () => {
  test('gives the follow-ups of a text with their source words, flags and route', async () => {
    const { url } = await runApp();
    const text = 'Återbesök om 3 månader hos dr Lind med prover innan.';
    const answer = await post(url, { text, refDate: '2026-03-10' });
    expect(answer.status).toBe(200);
    const reading = FollowUpReading.parse(await answer.json());
    expect(reading).toMatchObject({ route: 'auto', flags: ['lab_offset_default'] });
    const [visit, tests] = reading.followUps[0]!.requests;
    expect(visit?.request).toMatchObject({ type: 'aterbesok', practitioner: 'Lind', time: { target: '2026-06-10' } });
    expect(visit?.sources.practitioner?.map((span) => text.slice(span.start, span.end)).join()).toContain('Lind');
    expect(tests?.request).toMatchObject({ type: 'provtagning', before: visit?.request.id });
  });

  test('without a day counts from today', async () => {
    const { url } = await runApp();
    const reading = FollowUpReading.parse(await (await post(url, { text: 'Återbesök om 1 dag till mig.' })).json());
    const target = Date.parse(reading.followUps[0]!.requests[0]!.request.time!.target!);
    expect(Math.abs(target - Date.now())).toBeLessThan(2 * 86_400_000);
  });

  test('a word that was heard with low confidence is for staff to look at', async () => {
    const { url } = await runApp();
    const text = 'återbesök om tre veckor till mig';
    const start = text.indexOf('tre');
    const routeOf = async (confidence: number) => {
      const words = [{ start, end: start + 3, confidence }];
      const answer = await post(url, { text, refDate: '2026-03-10', mode: 'dictated', words });
      return FollowUpReading.parse(await answer.json()).route;
    };
    expect([await routeOf(0.95), await routeOf(0.3)]).toEqual(['auto', 'review']);
  });

  test('keeps the text out of the log', async () => {
    const { url, logLines } = await runApp();
    await post(url, { text: `Återbesök om 3 veckor, ${SECRET} mår bra.` });
    expect(logLines.length).toBeGreaterThan(0);
    expect(logLines.join('')).not.toContain(SECRET);
  });
});

describe('a body that is not usable is refused with the field and what was expected, and never repeated:', () => {
  const text = `${SECRET} kommer på återbesök`;
  test.each<[string, unknown, number, RegExp]>([
    ['no text', {}, 400, /"text".*expected text of 1 to/],
    ['an empty text', { text: '' }, 400, /"text".*expected text of 1 to/],
    ['a text that is a number', { text: 7 }, 400, /"text"/],
    ['a text that is too long', { text: SECRET.repeat(MAX_NOTE_CHARACTERS / 8) }, 413, /"text".*20000 characters/],
    ['a day that does not exist', { text, refDate: '2026-02-30' }, 400, /"refDate".*expected a day as YYYY-MM-DD/],
    ['a day with words', { text, refDate: SECRET }, 400, /"refDate"/],
    ['an unknown mode', { text, mode: SECRET }, 400, /"mode".*typed, dictated/],
    ['an unknown field', { text, [SECRET]: 1 }, 400, /"body".*expected an object with text/],
    ['a word outside the text', { text, words: [{ start: 0, end: 999, confidence: 1 }] }, 400, /"words"/],
    ['a word that ends before it starts', { text, words: [{ start: 5, end: 5, confidence: 1 }] }, 400, /"words"/],
    ['a confidence above one', { text, words: [{ start: 0, end: 3, confidence: 2 }] }, 400, /"words.0.confidence"/],
    ['a list', [text], 400, /"body"/],
    ['what is no JSON', `{"text": "${text}`, 400, /JSON/],
    ['a string', JSON.stringify(text), 400, /"body"/],
    ['nothing', '', 400, /empty/],
    ['a body beyond all limits', `{"text":"${SECRET.repeat(200_000)}"}`, 413, /large/],
  ])('%s', async (_what, body, status, detail) => {
    const { url, logLines } = await runApp();
    const answer = await post(url, body);
    const told = await answer.text();
    expect(JSON.parse(told)).toMatchObject({
      status,
      code: status === 413 ? 'REQUEST_TOO_LARGE' : 'REQUEST_INVALID',
      detail: expect.stringMatching(detail),
    });
    expect(told + logLines.join('')).not.toContain(SECRET);
  });
});
