import type { FastifyInstance } from 'fastify';
import { AppError } from '../../contracts/errors.ts';
import type { OpenAiModel } from '../../contracts/openai.ts';
import type { ModelSummary, Transcriber } from '../../contracts/transcriber.ts';

/** `GET /v1/models` and `GET /v1/models/{id}` in OpenAI's form: what is installed on this machine. */
export async function modelRoutes(app: FastifyInstance, { transcriber }: { transcriber: Transcriber }): Promise<void> {
  app.get('/v1/models', async () => ({ object: 'list', data: (await transcriber.models()).map(openAiModel) }));

  // A wildcard, since names such as KBLab/kb-whisper-small hold a slash.
  app.get<{ Params: { '*': string } }>('/v1/models/*', async (request) => {
    const name = request.params['*'];
    const models = await transcriber.models();
    const model = models.find((candidate) => candidate.name === name);
    if (model === undefined) {
      throw new AppError('MODEL_NOT_FOUND', 'no such model is installed', {
        expected: `one of ${models.map((candidate) => candidate.name).join(', ')}`,
        got: JSON.stringify(name.slice(0, 100)),
      });
    }
    return openAiModel(model);
  });
}

function openAiModel({ name, createdUnixSeconds }: ModelSummary): OpenAiModel {
  const owner = name.includes('/') ? name.slice(0, name.indexOf('/')) : 'taltid';
  return { id: name, object: 'model', created: createdUnixSeconds, owned_by: owner };
}
