import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { PROJECT_DIRECTORY } from '../src/config.ts';
import { AppError } from '../src/contracts/errors.ts';

/** The project's own Swedish clips, for runs without a folder. */
export const FIXTURE_FOLDER = join(PROJECT_DIRECTORY, 'test', 'fixtures', 'audio', 'speech');

const TRANSCRIPTS_FILE = 'transcripts.json';

/** What a folder of clips says about itself: one row a file. Fields beside these are other tools' affair. */
const Transcripts = z
  .array(z.object({ file: z.string().min(1), spoken: z.string(), kind: z.string().optional() }))
  .min(1, 'at least one clip');

/** A recording and what is said in it. */
export interface Clip {
  /** The last part of the folder's path. */
  readonly folder: string;
  readonly file: string;
  readonly path: string;
  readonly spoken: string;
  /** "human" or "synthetic", where the folder tells. */
  readonly kind: string | undefined;
}

/**
 * The clips that a folder's transcripts.json names, in its order.
 *
 * @throws AppError FILE_NOT_FOUND when the folder, its transcripts.json or a file that it names is missing;
 * REQUEST_INVALID when transcripts.json is not what it should be.
 */
export function readClipFolder(folder: string): readonly Clip[] {
  const list = join(folder, TRANSCRIPTS_FILE);
  if (!existsSync(list)) {
    throw new AppError('FILE_NOT_FOUND', `${folder} is not a folder of clips`, {
      expected: `a ${TRANSCRIPTS_FILE} in it: [{"file": "a.flac", "spoken": "what is said"}, ...]`,
      got: existsSync(folder) ? 'a folder without one' : 'no such folder',
    });
  }
  const clips = parseTranscripts(list).map((row) => ({
    folder: basename(resolve(folder)),
    file: row.file,
    path: join(folder, row.file),
    spoken: row.spoken,
    kind: row.kind,
  }));
  const missing = clips.filter((clip) => !existsSync(clip.path)).map((clip) => clip.file);
  if (missing.length > 0) {
    throw new AppError('FILE_NOT_FOUND', `${list} names files that are not there`, {
      expected: `${clips.length} files beside it`,
      got: `${missing.length} missing: ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', ...' : ''}`,
    });
  }
  return clips;
}

function parseTranscripts(path: string): z.infer<typeof Transcripts> {
  const expected = 'a list of {"file": "a.flac", "spoken": "what is said"}';
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new AppError('REQUEST_INVALID', `${path} is not JSON`, { expected, got: String(cause), cause });
  }
  const parsed = Transcripts.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'the whole';
  throw new AppError('REQUEST_INVALID', `${path} is not a list of clips`, {
    expected,
    got: `${issue?.message} (at ${where})`,
  });
}
