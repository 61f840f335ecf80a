import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const RESULTS_FILE = join(import.meta.dirname, 'RESULTS.md');
const GIT_TIMEOUT_MS = 10_000;
const HEAD = `# Results

Written by \`npm run bench\` and \`npm run bench:peers\`; each run replaces its own sections. Machines are noisy and
differ: trust the ratios, which are between things measured in turn in one run.
`;

/** A part of RESULTS.md that one benchmark owns. */
export interface Section {
  /** Stays the same from run to run: letters and hyphens. */
  readonly name: string;
  readonly title: string;
  readonly markdown: string;
}

/** Puts a section into RESULTS.md in place of its last version, or at the end, with how and where it was measured. */
export function saveSection(section: Section, command: string): void {
  const current = existsSync(RESULTS_FILE) ? readFileSync(RESULTS_FILE, 'utf8') : HEAD;
  const body = `## ${section.title}\n\n${section.markdown}\n\n${provenance(command)}`;
  writeFileSync(RESULTS_FILE, replaceSection(current, section.name, body));
}

/** The document with the section's text between its markers, which are added at the end when they are not there. */
export function replaceSection(document: string, name: string, body: string): string {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const block = `${begin}\n${body}\n${end}\n`;
  const [start, stop] = [document.indexOf(begin), document.indexOf(end)];
  if (start === -1 || stop === -1) return `${document.trimEnd()}\n\n${block}`;
  return `${document.slice(0, start)}${block}${document.slice(stop + end.length).replace(/^\n/, '')}`;
}

function provenance(command: string): string {
  const gibibytes = (totalmem() / 2 ** 30).toFixed(0);
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${availableParallelism()} cores, ${gibibytes} GiB`;
  const date = new Date().toISOString().slice(0, 10);
  return `\`${command}\` on ${date}, commit ${commit()}; ${machine}; Node ${process.versions.node}.`;
}

function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      encoding: 'utf8',
      timeout: GIT_TIMEOUT_MS,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    const isChanged = git('status', '--porcelain', '--untracked-files=no', '--', ':!bench/RESULTS.md', ':!bench/plots');
    return `${git('rev-parse', '--short', 'HEAD')}${isChanged === '' ? '' : ' with changes'}`;
  } catch {
    return 'unknown';
  }
}
