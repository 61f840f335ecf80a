import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';

const PROJECT = dirname(import.meta.dirname);

/** How a file reaches another: for its types only, for its code, or as a thread of its own. */
type Way = 'types' | 'code' | 'thread';

interface Reach {
  readonly to: string;
  readonly way: Way;
}

/** What a source file reaches and does that the rules speak of. Paths are from the project's folder, with slashes. */
interface Source {
  readonly path: string;
  readonly lines: number;
  /** Other files of the project. */
  readonly reaches: readonly Reach[];
  /** Packages and `node:` modules by their names. */
  readonly packages: readonly string[];
  readonly exportsDefault: boolean;
  readonly passesOnExports: boolean;
  readonly readsEnvironment: boolean;
  /** By a name that is put together when the program runs, which nobody can follow here. */
  readonly importsByComputedName: boolean;
}

interface RoomRule {
  /** Rooms whose code it may import, beside its own. */
  readonly code: readonly string[];
  /** Rooms whose types it may import. */
  readonly types?: readonly string[];
  /** Rooms whose files it may start as threads. */
  readonly threads?: readonly string[];
  /** Packages that it may import; any when absent. */
  readonly packages?: RegExp;
}

const EVERYTHING = [
  'contracts',
  'audio',
  'speech',
  'storage',
  'access',
  'booking',
  'appointments',
  'letters',
  'notes',
  'queue',
  'recorded',
  'webhooks',
  'delivery',
  'patient-page',
  'patient-plan',
  'freed-times',
  'exchange',
  'fhir',
  'live',
  'dictation',
  'followup',
  'transcript',
  'evaluation',
  'server',
  'cli',
  'config',
  'background',
  'main',
];
const NO_PACKAGES = /^$/;
const NOT_OF_NODE = /^(?!node:)/;

/** Who may import whom: the drawing of ARCHITECTURE.md. A room that is not named here has no place yet. */
const ROOMS: Readonly<Record<string, RoomRule>> = {
  contracts: { code: [], packages: /^zod$/ },
  audio: { code: ['contracts'], packages: NO_PACKAGES },
  transcript: { code: ['contracts'], packages: NO_PACKAGES },
  evaluation: { code: ['contracts'], packages: NO_PACKAGES },
  speech: { code: ['contracts', 'audio'], threads: ['workers'] },
  dictation: { code: ['contracts'], packages: NO_PACKAGES },
  followup: { code: ['contracts'], packages: NOT_OF_NODE },
  booking: { code: ['contracts', 'followup'], packages: NO_PACKAGES },
  live: { code: ['contracts', 'audio'] },
  storage: { code: ['contracts'] },
  access: { code: ['contracts', 'storage'] },
  notes: { code: ['contracts', 'followup', 'storage'] },
  queue: { code: ['contracts', 'storage'] },
  letters: { code: ['contracts'] },
  appointments: { code: ['contracts', 'followup', 'booking', 'letters', 'storage'] },
  recorded: { code: ['contracts', 'audio', 'dictation', 'storage', 'notes', 'queue'] },
  webhooks: { code: ['contracts', 'storage', 'queue'] },
  'patient-page': { code: ['contracts', 'followup', 'booking', 'appointments', 'letters', 'storage', 'access'] },
  'patient-plan': { code: ['contracts', 'followup', 'letters', 'storage', 'access', 'patient-page'] },
  delivery: {
    code: ['contracts', 'followup', 'appointments', 'letters', 'storage', 'queue', 'webhooks', 'patient-page'],
  },
  'freed-times': { code: ['contracts', 'followup', 'booking', 'appointments', 'storage', 'queue', 'delivery'] },
  exchange: { code: ['contracts', 'followup', 'booking', 'storage', 'access'] },
  fhir: { code: ['contracts', 'followup', 'booking', 'appointments', 'letters', 'storage'] },
  web: { code: ['contracts', 'audio', 'transcript', 'dictation', 'followup'], packages: NOT_OF_NODE },
  server: {
    code: [
      'contracts',
      'audio',
      'transcript',
      'followup',
      'live',
      'storage',
      'access',
      'booking',
      'appointments',
      'letters',
      'notes',
      'queue',
      'recorded',
      'webhooks',
      'delivery',
      'patient-page',
      'patient-plan',
      'freed-times',
      'exchange',
      'fhir',
    ],
    types: ['config'],
  },
  config: { code: ['contracts'] },
  cli: { code: EVERYTHING },
  background: { code: EVERYTHING },
  main: { code: EVERYTHING },
  workers: { code: EVERYTHING },
  scripts: { code: EVERYTHING },
  bench: { code: [...EVERYTHING, 'scripts'] },
};

const MAXIMUM_LINES = 300;
const ONNX_RUNTIME_FILE = 'src/speech/onnx.ts';
const ENVIRONMENT_FILE = 'src/config.ts';
/** The product itself; scripts and benchmarks may take what they need from the environment. */
const PRODUCT_ROOMS = /^(src|workers|bin)\//;

/** src/NAME.ts and src/NAME/ are one room. */
function roomOf(path: string): string {
  const [top, second = ''] = path.split('/');
  return top === 'src' ? second.replace(/\.ts$/, '') : top!;
}

function readSource(path: string, text: string): Source {
  const { module, program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0]!.message}`);
  const packages: string[] = [];
  const reaches: Reach[] = [];
  const add = (name: string, way: Way) => {
    if (name.startsWith('.')) reaches.push({ to: posix.join(posix.dirname(path), name.split('?')[0]!), way });
    else packages.push(name);
  };
  for (const { moduleRequest, entries } of module.staticImports) {
    const isTypesOnly = entries.length > 0 && entries.every(({ isType }) => isType);
    add(moduleRequest.value, isTypesOnly ? 'types' : 'code');
  }
  let importsByComputedName = false;
  const passedOn = module.staticExports.flatMap(({ entries }) => entries).filter(({ moduleRequest }) => moduleRequest);
  for (const { moduleRequest, isType } of passedOn) add(moduleRequest!.value, isType ? 'types' : 'code');
  for (const { moduleRequest } of module.dynamicImports) {
    const name = text.slice(moduleRequest.start, moduleRequest.end);
    if (/^(['"]).*\1$/.test(name)) add(name.slice(1, -1), 'code');
    else importsByComputedName = true;
  }
  let readsEnvironment = false;
  visit(program, (node) => {
    const code = text.slice(node.start, node.end);
    if (node.type === 'MemberExpression' && /^process\s*(\??\.\s*env|\[\s*['"]env['"]\s*\])$/.test(code)) {
      readsEnvironment = true;
    }
    const thread = node.type === 'NewExpression' && /^new URL\(\s*['"]([^'"]+)['"],\s*import\.meta\.url/.exec(code);
    if (thread) add(thread[1]!, 'thread');
  });
  return {
    path,
    lines: text.trimEnd().split('\n').length,
    reaches,
    packages,
    exportsDefault: module.staticExports.some(({ entries }) =>
      entries.some(({ exportName }) => exportName.kind === 'Default' || exportName.name === 'default'),
    ),
    passesOnExports: passedOn.length > 0,
    readsEnvironment,
    importsByComputedName,
  };
}

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

function visit(value: unknown, see: (node: SyntaxNode) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && 'start' in value) see(value as SyntaxNode);
  for (const inner of Object.values(value)) visit(inner, see);
}

/** Everything in a file that goes against the rules, each in a line. */
function violations(source: Source): string[] {
  const { path, reaches, packages } = source;
  const room = roomOf(path);
  const rule = ROOMS[room];
  if (!rule) return [`${path}: the room "${room}" has no rule`];
  const allowed: Record<Way, readonly string[]> = {
    code: rule.code,
    types: [...rule.code, ...(rule.types ?? [])],
    thread: rule.threads ?? [],
  };
  const isRuntimeFile = path === ONNX_RUNTIME_FILE;
  return [
    ...reaches
      .filter(({ to, way }) => roomOf(to) !== room && !allowed[way].includes(roomOf(to)))
      .map(({ to, way }) => `${path}: ${room} may not reach ${to} for its ${way}`),
    ...packages
      .filter((name) => rule.packages?.test(name) === false || (/^onnxruntime/.test(name) && !isRuntimeFile))
      .map((name) => `${path}: ${room} may not import ${name} here`),
    ...(source.exportsDefault ? [`${path}: a default export`] : []),
    ...(source.passesOnExports ? [`${path}: passes on what another file exports`] : []),
    ...(source.readsEnvironment && PRODUCT_ROOMS.test(path) && path !== ENVIRONMENT_FILE
      ? [`${path}: reads process.env`]
      : []),
    ...(source.importsByComputedName && PRODUCT_ROOMS.test(path) ? [`${path}: imports by a computed name`] : []),
    ...(path.startsWith('src/') && source.lines > MAXIMUM_LINES ? [`${path}: ${source.lines} lines`] : []),
  ];
}

function projectSources(): Source[] {
  const paths = globSync(['src/**/*.ts', 'src/**/*.tsx', 'workers/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts'], {
    cwd: PROJECT,
    exclude: (name) => /(^|\/)node_modules$|\.d\.ts$/.test(name),
  });
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/\.config\.ts$|\/node_modules\//.test(path))
    .map((path) => readSource(path, readFileSync(join(PROJECT, path), 'utf8')));
}

const sources = projectSources();

describe('the sources', () => {
  test.each(Object.keys(ROOMS))('of the room %s were seen', (room) => {
    expect(sources.filter(({ path }) => roomOf(path) === room).length).toBeGreaterThan(0);
  });

  test('reach only what the drawing allows, and keep the rules of the house', () => {
    expect(sources.flatMap(violations)).toEqual([]);
  });

  test('reach files that exist, as they are written', () => {
    const known = new Set(globSync('{src,workers,scripts,bench}/**/*.*', { cwd: PROJECT }));
    const missing = sources.flatMap(({ path, reaches }) =>
      reaches.filter(({ to }) => !known.has(to)).map(({ to }) => `${path}: ${to}`),
    );
    expect(missing.filter((line) => !/\.(json|css|svg)$/.test(line))).toEqual([]);
  });

  test('were read with their imports: the runtime, a thread, a late import and types alone were found', () => {
    const find = (path: string) => sources.find((source) => source.path === path)!;
    expect(find(ONNX_RUNTIME_FILE).packages).toContain('onnxruntime-node');
    expect(find(ENVIRONMENT_FILE).readsEnvironment).toBe(true);
    expect(find('src/speech/pool.ts').reaches).toContainEqual({ to: 'workers/speech.ts', way: 'thread' });
    expect(find('src/cli.ts').reaches).toContainEqual({ to: 'src/main.ts', way: 'code' });
    expect(find('src/server/app.ts').reaches).toContainEqual({ to: 'src/config.ts', way: 'types' });
  });
});

describe('a planted violation is caught:', () => {
  test.each([
    ['src/contracts/a.ts', "import { a } from '../audio/pcm.ts';", /contracts may not reach src\/audio\/pcm.ts/],
    ['src/contracts/a.ts', "import { readFile } from 'node:fs';", /contracts may not import node:fs/],
    ['src/server/a.ts', "import { a } from '../speech/pool.ts';", /server may not reach src\/speech\/pool.ts/],
    ['src/server/a.ts', "import type { A } from '../speech/pool.ts';", /server may not reach .* for its types/],
    ['src/server/routes/a.ts', "const a = await import('../../speech/pool.ts');", /server may not reach src\/speech/],
    [
      'src/server/a.ts',
      "import { loadConfig } from '../config.ts';",
      /server may not reach src\/config.ts for its code/,
    ],
    ['src/server/a.ts', "import { type A, b } from '../config.ts';", /src\/config.ts for its code/],
    ['src/server/a.ts', "new Worker(new URL('../../workers/speech.ts', import.meta.url));", /for its thread/],
    ['src/audio/a.ts', "import '../speech/fft.ts';", /audio may not reach src\/speech\/fft.ts/],
    ['src/speech/a.ts', "import { a } from '../server/app.ts';", /speech may not reach/],
    ['src/speech/a.ts', "import { a } from '../../workers/speech.ts';", /workers\/speech.ts for its code/],
    ['src/speech/a.ts', "import { Tensor } from 'onnxruntime-node';", /may not import onnxruntime-node here/],
    ['bench/a.ts', "import { Tensor } from 'onnxruntime-node';", /may not import onnxruntime-node here/],
    ['src/web/a.ts', "import { join } from 'node:path';", /web may not import node:path/],
    ['src/speech/a.ts', "export * from './fft.ts';", /passes on what another file exports/],
    ['src/speech/a.ts', "export { a } from './fft.ts';", /passes on what another file exports/],
    ['src/speech/a.ts', 'export default function a() {}', /a default export/],
    ['src/speech/a.ts', 'const a = process.env.HOME;', /reads process.env/],
    ['src/speech/a.ts', "const a = process['env'];", /reads process.env/],
    ['src/speech/a.ts', `${'\n'.repeat(MAXIMUM_LINES)}export const a = 1;`, /301 lines/],
    ['src/server/a.ts', 'await import(name);', /imports by a computed name/],
    ['src/elsewhere/a.ts', 'export const a = 1;', /the room "elsewhere" has no rule/],
    ['scripts/a.ts', "import { a } from '../test/chromium.ts';", /scripts may not reach test\/chromium.ts/],
  ])('%s with %j', (path, text, message) => {
    expect(violations(readSource(path, text))).toEqual([expect.stringMatching(message)]);
  });

  test('and what is allowed is not', () => {
    const allowed = [
      ['src/server/routes/a.ts', "import type { Config } from '../../config.ts';"],
      ['src/web/a.ts', "import { a } from '../audio/pcm.ts';\nimport './styles.css';"],
      ['src/speech/a.ts', "// import '../server/app.ts'\nconst text = \"import '../server/app.ts'\";"],
      ['src/main.ts', "import { a } from './speech/pool.ts';"],
    ] as const;
    expect(allowed.flatMap(([path, text]) => violations(readSource(path, text)))).toEqual([]);
  });
});
