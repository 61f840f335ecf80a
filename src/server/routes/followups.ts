import type { FastifyInstance } from 'fastify';
import { FollowUpReading } from '../../contracts/followup.ts';
import { FollowUpsBody, MAX_NOTE_CHARACTERS } from '../../contracts/followup-api.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { extractFollowUps } from '../../followup/extract.ts';
import { UNIT_DEFAULTS } from '../../followup/unit.ts';
import { jsonSchema } from '../api-route.ts';
import { RequestError } from '../request-error.ts';

/** The longest text with every letter escaped, and a place and a confidence for each of its words. */
const BODY_LIMIT_BYTES = 6 * MAX_NOTE_CHARACTERS + 100 * (MAX_NOTE_CHARACTERS / 2);

const ANSWER = jsonSchema(FollowUpReading);

/** `POST /api/followups`: the follow-ups of a text, which is read and forgotten. */
export async function followUpRoutes(app: FastifyInstance): Promise<void> {
  const schema = {
    summary: 'The follow-ups of a text, which is read and forgotten',
    description: 'For anyone.',
    tags: ['followups'],
    security: [],
    body: jsonSchema(FollowUpsBody),
    response: { 200: { description: 'done', content: { 'application/json': { schema: ANSWER } } } },
  };
  // The schemas are for the description: zod reads the body.
  const compilers = { validatorCompiler: () => () => true, serializerCompiler: () => JSON.stringify };
  app.post(
    '/api/followups',
    { bodyLimit: BODY_LIMIT_BYTES, schema, ...compilers },
    async (request): Promise<FollowUpReading> => {
      const { text, refDate = stockholmClockAt(Date.now()).date, mode = 'typed', words = [] } = parseBody(request.body);
      return extractFollowUps(text, { refDate, mode, words, unit: UNIT_DEFAULTS });
    },
  );
}

/** Throws REQUEST_INVALID naming the field, or REQUEST_TOO_LARGE for a text that is too long; neither with what came. */
function parseBody(body: unknown): FollowUpsBody {
  const parsed = FollowUpsBody.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const param = issue.path.length > 0 ? issue.path.join('.') : 'body';
  const isTooLong = issue.code === 'too_big' && param === 'text';
  throw new RequestError(isTooLong ? 'REQUEST_TOO_LARGE' : 'REQUEST_INVALID', `the value of "${param}" is not usable`, {
    param,
    expected: issue.message,
  });
}
