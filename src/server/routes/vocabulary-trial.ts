import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { joinVocabularies } from '../../contracts/joined-vocabulary.ts';
import type { Transcriber } from '../../contracts/transcriber.ts';
import { TranscribeOptions } from '../../contracts/transcript.ts';
import type { Vocabulary, VocabularySource } from '../../contracts/vocabulary.ts';
import { TRIAL_LIMITS, TrialResult, TrialTerm } from '../../contracts/vocabulary-api.ts';
import { LEVEL_WEIGHTS } from '../../contracts/vocabulary-levels.ts';
import { apiRoute } from '../api-route.ts';
import { cancelledWithClient } from '../cancelled-with-client.ts';
import type { Metrics } from '../metrics.ts';
import { collectForm, FORM_OVERHEAD_BYTES } from '../multipart-form.ts';
import { recognise } from '../recognise.ts';
import { RequestError } from '../request-error.ts';
import type { UploadBudget } from '../upload-budget.ts';

export interface VocabularyTrialParts {
  readonly transcriber: Transcriber;
  readonly metrics: Metrics;
  readonly uploads: UploadBudget;
  readonly vocabulary: VocabularySource;
}

const OPTIONS = TranscribeOptions.parse({});

/** What words change: the same sound heard without and with them. Nothing of it is kept. */
export async function vocabularyTrialRoutes(app: FastifyInstance, parts: VocabularyTrialParts): Promise<void> {
  const { transcriber, metrics, uploads, vocabulary } = parts;
  const { fileBytes, seconds: maxAudioSeconds } = TRIAL_LIMITS;
  app.removeAllContentTypeParsers();
  await app.register(multipart, { throwFileSizeLimit: false });

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/vocabulary/trial',
      summary: "Hears the form's `file` without and with the lists one speaks with, or with one more `term` (JSON)",
      roles: [],
      bodyLimitBytes: fileBytes + FORM_OVERHEAD_BYTES,
      answers: TrialResult,
    },
    async ({ request, reply, actor }) => {
      reply.raw.once('close', uploads.reserve(fileBytes));
      const signal = cancelledWithClient(reply);
      const { fields, file } = await collectForm(request, fileBytes);
      if (file === undefined) throw unusable('file', 'a part named "file" with a file name');
      const [without, withTerms] = triedVocabularies(fields.get('term')?.at(-1), vocabulary({ accountId: actor.id }));
      const hear = async (clinicVocabulary: Vocabulary): Promise<string> => {
        // Each run takes its file over.
        const asked = { file: file.slice(), options: OPTIONS, clinicVocabulary, maxAudioSeconds, signal };
        return (await recognise(transcriber, asked, metrics, request.log)).text;
      };
      return { without: await hear(without), with: await hear(withTerms) };
    },
  );
}

/** Nothing and the lists; with a term of its own, the lists and that term before them. Throws REQUEST_INVALID. */
function triedVocabularies(term: string | undefined, lists: Vocabulary): readonly [Vocabulary, Vocabulary] {
  if (term === undefined) return [[], lists];
  const parsed = TrialTerm.safeParse(jsonOf(term));
  if (!parsed.success) throw unusable('term', 'JSON with term, and soundsLike if wanted');
  const { soundsLike, ...written } = parsed.data;
  const tried = { ...written, ...(soundsLike !== null && { soundsLike }), weight: LEVEL_WEIGHTS.usual };
  return [lists, joinVocabularies([[tried], lists])];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unusable(param: string, expected: string): RequestError {
  return new RequestError('REQUEST_INVALID', `the value of "${param}" is not usable`, { param, expected });
}
