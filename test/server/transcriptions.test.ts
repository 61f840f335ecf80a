import { toFile } from 'openai';
import { describe, expect, test } from 'vitest';
import { postForm, runApp, someFile } from './running-app.ts';

describe('the official OpenAI client gets', () => {
  test('json: the text and the seconds that were used', async () => {
    const { client } = await runApp();
    const answer = await client.audio.transcriptions.create({ file: someFile(), model: 'whisper-base' });
    expect(answer).toEqual({
      text: 'Blodtrycket är <140. Åter om sex veckor.',
      usage: { type: 'duration', seconds: 4.5 },
    });
  });

  test('text: the bare text', async () => {
    const { client } = await runApp();
    const answer = await client.audio.transcriptions.create({
      file: someFile(),
      model: 'whisper-1',
      response_format: 'text',
    });
    expect(answer).toBe('Blodtrycket är <140. Åter om sex veckor.\n');
  });

  test('srt: numbered cues with a comma before the milliseconds', async () => {
    const { client } = await runApp();
    const answer = await client.audio.transcriptions.create({
      file: someFile(),
      model: 'whisper-1',
      response_format: 'srt',
    });
    expect(answer).toBe(
      '1\n00:00:00,120 --> 00:00:02,000\nBlodtrycket är <140.\n\n' +
        '2\n00:00:02,500 --> 00:00:04,250\nÅter om sex veckor.\n\n',
    );
  });

  test('vtt: cues with a point before the milliseconds and no accidental markup', async () => {
    const { client } = await runApp();
    const answer = await client.audio.transcriptions.create({
      file: someFile(),
      model: 'whisper-1',
      response_format: 'vtt',
    });
    expect(answer).toBe(
      'WEBVTT\n\n00:00:00.120 --> 00:00:02.000\nBlodtrycket är &lt;140.\n\n' +
        '00:00:02.500 --> 00:00:04.250\nÅter om sex veckor.\n\n',
    );
  });

  test('verbose_json: segments by default, and words only when asked for', async () => {
    const { client } = await runApp();
    const request = { file: someFile(), model: 'whisper-1', response_format: 'verbose_json' } as const;
    const plain = await client.audio.transcriptions.create(request);
    expect(plain).toMatchObject({ task: 'transcribe', language: 'swedish', duration: 4.5 });
    expect(plain.words).toBeUndefined();
    expect(plain.segments?.[0]).toEqual({
      id: 0,
      seek: 12,
      start: 0.12,
      end: 2,
      text: 'Blodtrycket är <140.',
      tokens: [5, 6],
      temperature: 0,
      avg_logprob: -0.25,
      compression_ratio: 1.1,
      no_speech_prob: 0.02,
    });
    const both = await client.audio.transcriptions.create({
      ...request,
      timestamp_granularities: ['word', 'segment'],
    });
    expect(both.segments).toHaveLength(2);
    expect(both.words?.map(({ word }) => word)).toEqual(['Blodtrycket', 'är', '<140.', 'Åter']);
    const wordsOnly = await client.audio.transcriptions.create({ ...request, timestamp_granularities: ['word'] });
    expect(wordsOnly.segments).toBeUndefined();
  });

  test('log-probabilities whose tokens joined are the text', async () => {
    const { client } = await runApp();
    const answer = await client.audio.transcriptions.create({
      file: someFile(),
      model: 'gpt-4o-transcribe',
      include: ['logprobs'],
    });
    expect(answer.logprobs?.map(({ token }) => token).join('')).toBe('Blodtrycket är <140. Åter');
    expect(answer.logprobs?.[0]?.logprob).toBeCloseTo(Math.log(0.5));
    expect(new TextDecoder().decode(Uint8Array.from(answer.logprobs?.[3]?.bytes ?? []))).toBe(' Åter');
  });

  test('the models that are installed, also by a name with a slash', async () => {
    const { client } = await runApp();
    const models = await client.models.list();
    expect(models.data.map(({ id }) => id)).toEqual(['whisper-base', 'KBLab/kb-whisper-small']);
    expect(await client.models.retrieve('KBLab/kb-whisper-small')).toEqual({
      id: 'KBLab/kb-whisper-small',
      object: 'model',
      created: 1_760_000_000,
      owned_by: 'KBLab',
    });
  });

  test('every option through to the recogniser', async () => {
    const { client, transcriber } = await runApp();
    await client.audio.transcriptions.create({
      file: await toFile(new Uint8Array([9, 8, 7]), 'a.flac'),
      model: 'KBLab/kb-whisper-small',
      language: 'sv',
      prompt: 'Tidigare text.',
      keywords: ['metoprolol', 'Waran'],
      temperature: 0.2,
      chunking_strategy: { type: 'server_vad', threshold: 0.5, silence_duration_ms: 300 },
    });
    const [request] = transcriber.requests;
    expect([...(request?.file ?? [])]).toEqual([9, 8, 7]);
    expect(request?.options).toMatchObject({
      model: 'KBLab/kb-whisper-small',
      language: 'sv',
      prompt: 'Tidigare text.',
      vocabulary: [{ term: 'metoprolol' }, { term: 'Waran' }],
      words: false,
    });
  });
});

describe('the form', () => {
  test.each(['whisper-1', 'gpt-4o-transcribe', 'gpt-4o-mini-transcribe'])(
    '%s stands for the default model',
    async (model) => {
      const { client, transcriber } = await runApp();
      await client.audio.transcriptions.create({ file: someFile(), model });
      expect(transcriber.requests[0]?.options.model).toBeUndefined();
    },
  );

  test('lists are taken with and without brackets', async () => {
    const { url, transcriber } = await runApp();
    await postForm(url, [
      ['keywords', 'ett'],
      ['keywords[]', 'två'],
      ['keywords[0]', 'tre'],
      ['timestamp_granularities', 'word'],
      ['response_format', 'verbose_json'],
      ['file', someFile()],
    ]);
    expect(transcriber.requests[0]?.options).toMatchObject({
      vocabulary: [{ term: 'ett' }, { term: 'två' }, { term: 'tre' }],
      words: true,
    });
  });

  test('terms with how they sound come as JSON, beside keywords', async () => {
    const { url, transcriber } = await runApp();
    await postForm(url, [
      ['vocabulary', JSON.stringify([{ term: 'F9', soundsLike: 'ef nio', weight: 2 }, 'Waran'])],
      ['keywords', 'metoprolol'],
      ['file', someFile()],
    ]);
    expect(transcriber.requests[0]?.options).toMatchObject({
      vocabulary: [{ term: 'F9', soundsLike: 'ef nio', weight: 2 }, { term: 'Waran' }, { term: 'metoprolol' }],
    });
  });

  test('fields may come after the file', async () => {
    const { url, transcriber } = await runApp();
    const answer = await postForm(url, [
      ['file', someFile()],
      ['language', 'en-GB'],
      ['response_format', 'text'],
    ]);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(transcriber.requests[0]?.options.language).toBe('en');
  });

  test('one language of a list is taken, several are left to detection', async () => {
    const { url, transcriber } = await runApp();
    await postForm(url, [
      ['languages[]', 'fi'],
      ['file', someFile()],
    ]);
    await postForm(url, [
      ['languages[]', 'fi'],
      ['languages[]', 'sv'],
      ['file', someFile()],
    ]);
    expect(transcriber.requests.map(({ options }) => options.language)).toEqual(['fi', 'auto']);
  });

  test('unknown fields, other files and empty values are ignored', async () => {
    const { url, transcriber } = await runApp();
    const answer = await postForm(url, [
      ['attachment', someFile(new Uint8Array(100_000))],
      ['favourite_colour', 'blue'],
      ['language', ''],
      ['file', someFile()],
      ['chunking_strategy', '{"type":"server_vad","threshold":0.4}'],
    ]);
    expect(answer.status).toBe(200);
    expect(transcriber.requests[0]?.options.language).toBe('sv');
    expect(transcriber.requests[0]?.file).toHaveLength(3);
  });

  test.each([
    ['response_format', 'diarized_json'],
    ['temperature', 'hot'],
    ['temperature', '1.5'],
    ['language', 'svenska'],
    ['timestamp_granularities[]', 'syllable'],
    ['include[]', 'everything'],
    ['chunking_strategy', 'sometimes'],
    ['chunking_strategy', '{"type":'],
    ['stream', 'perhaps'],
  ])('%s=%s is refused with the name of the field and what was expected', async (field, value) => {
    const { url } = await runApp();
    const answer = await postForm(url, [
      [field, value],
      ['file', someFile()],
    ]);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      error: {
        message: expect.stringMatching(/expected .+; got .+/),
        type: 'invalid_request_error',
        param: field.replace('[]', ''),
        code: 'request_invalid',
      },
    });
  });
});
