import { useState } from 'react';
import {
  IMPORT_LIMIT_BYTES,
  type ImportCounts,
  type ImportLine,
  type ImportPreview,
  type VocabularyListKey,
} from '../../contracts/vocabulary-api.ts';
import {
  ACTION_WORDS,
  FAULT_WORDS,
  LEVEL_WORDS,
  vocabularyError,
  VOCABULARY_MESSAGES as words,
} from '../messages/vocabulary.sv.ts';
import { PageError } from '../page-error.ts';
import { Field } from '../shell/field.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useSending } from '../shell/use-sending.ts';
import type { VocabularyClient } from './vocabulary-client.ts';

/** Lines that are shown: enough to see whether the columns are right. */
const SHOWN_LINES = 50;

interface Props {
  readonly client: VocabularyClient;
  readonly list: VocabularyListKey;
  readonly onTaken: (counts: ImportCounts) => void;
  readonly onClose: () => void;
}

/** A file into a list: chosen, looked at, and only then taken in. */
export function ImportDialog({ client, list, onTaken, onClose }: Props) {
  const [read, setRead] = useState<{ readonly text: string; readonly preview: ImportPreview }>();
  const { isSending, failure, send } = useSending();

  const look = (file: File | undefined) => {
    setRead(undefined);
    if (file) {
      void send(async () => {
        const text = await textOf(file);
        setRead({ text, preview: await client.previewImport(list, text) });
      });
    }
  };
  const take = () => {
    if (!read || read.preview.isTooMany) return;
    void send(async () => {
      onTaken(await client.import(list, read.text));
      onClose();
    });
  };

  return (
    <FormDialog
      heading={words.takeInHeading}
      submit={words.doTakeIn}
      failure={failure === undefined ? undefined : vocabularyError(failure)}
      onSubmit={take}
      onClose={onClose}
    >
      <p className="hint">{words.takeInHint}</p>
      <Field
        label={words.file}
        type="file"
        accept=".tsv,.csv,.txt,text/*"
        data-first
        onChange={({ target }) => look(target.files?.[0])}
      />
      <p role="status">{isSending ? words.reading : read ? words.counts(read.preview.counts) : ''}</p>
      {read?.preview.isTooMany && (
        <p role="alert" className="form-failure">
          {words.tooMany}
        </p>
      )}
      {read && read.preview.lines.length > 0 && <PreviewedLines preview={read.preview} />}
    </FormDialog>
  );
}

function PreviewedLines({ preview: { counts, lines } }: { preview: ImportPreview }) {
  const shown = lines.slice(0, SHOWN_LINES);
  const others = counts.added + counts.changed + counts.refused - shown.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so that the keyboard must reach it
    <section aria-label={words.preview} className="previewed" tabIndex={0}>
      <ul>
        {shown.map((line) => (
          <li key={line.line} className={line.action === 'refused' ? 'refused' : undefined}>
            <span className="hint">{words.lineOf(line)}</span> {lineInWords(line)}
          </li>
        ))}
        {others > 0 && <li className="hint">{words.andMore(others)}</li>}
      </ul>
    </section>
  );
}

function lineInWords(line: ImportLine): string {
  if (line.action === 'refused') return FAULT_WORDS[line.fault];
  const { term, soundsLike, level, action } = line;
  const sound = soundsLike === null ? '' : `, ${words.soundsLike.toLowerCase()} ”${soundsLike}”`;
  return `”${term}”${sound}, ${LEVEL_WORDS[level].toLowerCase()}: ${ACTION_WORDS[action]}`;
}

/** Files of spreadsheets are often in the encoding of Windows. Throws PageError for what is no text. */
async function textOf(file: File): Promise<string> {
  if (file.size > IMPORT_LIMIT_BYTES) throw new PageError('REQUEST_TOO_LARGE');
  const bytes = await file.arrayBuffer();
  const text = decoded(bytes, 'utf-8') ?? decoded(bytes, 'windows-1252') ?? '';
  if (text.trim() === '' || text.includes('\0')) throw new PageError('FILE_UNREADABLE');
  return text;
}

function decoded(bytes: ArrayBuffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
