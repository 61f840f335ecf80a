import { mkdir } from 'node:fs/promises';
import { Command, CommanderError, Option } from 'commander';
import type { CertificateFlags } from './cli/certificate.ts';
import { DEFAULT_CERTIFICATE_DAYS, parseDays, parseHosts } from './cli/certificate-options.ts';
import type { FollowUpFlags } from './cli/followups.ts';
import { parseBeamSize, parseLanguage, parseRefDate } from './cli/option-values.ts';
import { OUTPUT_FORMATS, type OutputFormat, planOutput, STANDARD_INPUT } from './cli/output.ts';
import { withServeOptions } from './cli/serve-options.ts';
import { transcribeFiles } from './cli/transcribe-files.ts';
import { readVocabulary } from './cli/vocabulary-file.ts';
import { type ConfigFlags, loadConfig, recogniserSettings } from './config.ts';
import { AppError } from './contracts/errors.ts';
import { FollowUpMode } from './contracts/followup.ts';
import { TranscribeOptions } from './contracts/transcript.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;

interface TranscribeFlags {
  readonly format: OutputFormat;
  readonly model?: string;
  readonly beam: number;
  readonly language: string;
  readonly prompt?: string;
  readonly vocabulary?: string;
  readonly lexicon: boolean;
  readonly words: boolean;
  readonly outputDir?: string;
}

/** The command line `taltid`. Sets the exit code: 0 all fine, 1 something failed, 2 the command is not understood. */
export async function runCli(args: readonly string[]): Promise<void> {
  // The reader of a pipe may stop early (`| head`): that ends the work without a complaint.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : EXIT_FAILED));
  try {
    await createProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
      return;
    }
    const { code, message } = AppError.from(error);
    console.error(`taltid: ${code}: ${message}`);
    process.exitCode = code === 'CONFIG_INVALID' || code === 'REQUEST_INVALID' ? EXIT_USAGE : EXIT_FAILED;
  }
}

function createProgram(): Command {
  const program = new Command('taltid')
    .description('Local Swedish dictation: speech to text, text to follow-ups; nothing leaves the machine')
    .exitOverride();
  program
    .command('transcribe')
    .description('recognise the speech in audio files')
    .argument('<file...>', `audio files, or "${STANDARD_INPUT}" for standard input`)
    .addOption(new Option('--format <format>', 'what to write').choices(OUTPUT_FORMATS).default('text'))
    .option('--model <name>', 'an installed model; the default model when absent')
    .option('--beam <count>', 'beams of the search, 1 to 10; 1 is fastest', parseBeamSize, 5)
    .option('--language <code>', 'ISO 639-1 code of what is spoken, or "auto"', parseLanguage, 'sv')
    .option('--prompt <text>', 'text that comes before, or in the style wanted')
    .option('--vocabulary <file>', 'terms to expect: one a line, with how it sounds and a weight after tabs')
    .option('--no-lexicon', 'leave words to the model alone')
    .option('--words', 'give each word with its times', false)
    .option('--output-dir <folder>', 'write one file for each audio file there instead of printing')
    .action(transcribe);
  withServeOptions(program.command('serve').description('start the server')).action(async (flags: ConfigFlags) => {
    const { serve } = await import('./main.ts');
    await serve(flags);
  });
  program
    .command('certificate')
    .description('make a certificate for HTTPS on the local network, or renew it')
    .option('--host <name...>', "names and addresses beside this machine's own", parseHosts)
    .option('--days <days>', 'how long it holds, 1 to 825', parseDays, DEFAULT_CERTIFICATE_DAYS)
    .option('--out <folder>', 'where the files go (default: tls in the data folder)')
    .option('--renew', 'a new certificate for the same key, by the same authority')
    .action(async (flags: CertificateFlags) => {
      const { printCertificate } = await import('./cli/certificate.ts');
      await printCertificate(flags, loadConfig().dataDirectory);
    });
  withReadingOptions(
    program
      .command('followups')
      .description('list the follow-ups that a note asks for, in Swedish')
      .argument('<file>', `a note in UTF-8, or "${STANDARD_INPUT}" for standard input`),
  ).action(async (file: string, flags: FollowUpFlags) => {
    const { printFollowUps } = await import('./cli/followups.ts');
    await printFollowUps(file, flags);
  });
  withReadingOptions(
    program.command('explain').description('show how a text was read for follow-ups').argument('<text>', 'the text'),
  ).action(async (text: string, flags: FollowUpFlags) => {
    const { printExplanation } = await import('./cli/followups.ts');
    printExplanation(text, flags);
  });
  return program;
}

function withReadingOptions(command: Command): Command {
  return command
    .option('--ref-date <date>', 'the day of the note, YYYY-MM-DD (default: today)', parseRefDate)
    .addOption(new Option('--mode <mode>', 'how the text came about').choices(FollowUpMode.options).default('typed'))
    .option('--json', 'print everything as JSON');
}

async function transcribe(files: readonly string[], flags: TranscribeFlags): Promise<void> {
  const unique = [...new Set(files)];
  const config = loadConfig();
  const { workers } = config;
  const options = TranscribeOptions.parse({
    model: flags.model,
    language: flags.language,
    beamSize: flags.beam,
    prompt: flags.prompt,
    vocabulary: flags.vocabulary === undefined ? [] : await readVocabulary(flags.vocabulary),
    lexicon: flags.lexicon,
    words: flags.words,
  });
  const { outputDir, format } = flags;
  const outputPaths = outputDir === undefined ? undefined : planOutput(unique, outputDir, format);
  if (outputDir !== undefined) await mkdir(outputDir, { recursive: true });
  // Loaded here, since the recogniser's runtime takes a moment that --help need not wait for.
  const { startSpeechPool } = await import('./speech/pool.ts');
  const transcriber = await startSpeechPool({ ...recogniserSettings(config), workers, queueLimit: workers });
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort()).once('SIGTERM', () => interruption.abort());
  try {
    const failedCount = await transcribeFiles(transcriber, unique, {
      format,
      options,
      concurrency: workers,
      maxFileBytes: config.maxUploadBytes,
      outputPaths,
      signal: interruption.signal,
    });
    if (interruption.signal.aborted) process.exitCode = EXIT_INTERRUPTED;
    else if (failedCount > 0) process.exitCode = EXIT_FAILED;
  } finally {
    await transcriber.close();
  }
}

if (import.meta.main) await runCli(process.argv.slice(2));
