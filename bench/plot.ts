/** A line of a plot: points [x, y] in the order of x. */
export interface Series {
  readonly label: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Plot {
  readonly title: string;
  /** With its unit: "audio, s". */
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly Series[];
}

const WIDTH = 720;
const HEIGHT = 420;
const MARGIN = { top: 48, right: 24, bottom: 56, left: 72 };
const INNER_WIDTH = WIDTH - MARGIN.left - MARGIN.right;
const INNER_HEIGHT = HEIGHT - MARGIN.top - MARGIN.bottom;
/** Okabe and Ito's colours, which the colour-blind tell apart too; dark enough on white. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#8a6d00'];
const DASHES = ['', '6 4', '2 3', '10 3 2 3', '', '6 4'];

/** A line chart as an SVG document; both axes start at zero. @throws RangeError when there is nothing to draw. */
export function linePlot(plot: Plot): string {
  const points = plot.series.flatMap((series) => series.points);
  if (points.length === 0) throw new RangeError(`"${plot.title}" has no points; expected one at least`);
  const xTicks = ticks(Math.max(...points.map(([x]) => x)));
  const yTicks = ticks(Math.max(...points.map(([, y]) => y)));
  const x = (value: number) => round(MARGIN.left + (value / xTicks.at(-1)!) * INNER_WIDTH);
  const y = (value: number) => round(MARGIN.top + INNER_HEIGHT - (value / yTicks.at(-1)!) * INNER_HEIGHT);

  const [left, right, bottom] = [MARGIN.left, MARGIN.left + INNER_WIDTH, MARGIN.top + INNER_HEIGHT];
  const middleY = MARGIN.top + INNER_HEIGHT / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13" role="img">`,
    `<title>${escapeXml(plot.title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(left, 26, plot.title, 'font-size="16" font-weight="bold"'),
    ...yTicks.map((tick) => `<path d="M${left} ${y(tick)}H${right}" stroke="#ddd"/>`),
    ...yTicks.map((tick) => text(left - 8, y(tick) + 4, label(tick), 'text-anchor="end"')),
    ...xTicks.map((tick) => `<path d="M${x(tick)} ${bottom}v5" stroke="#333"/>`),
    ...xTicks.map((tick) => text(x(tick), bottom + 20, label(tick), 'text-anchor="middle"')),
    `<path d="M${left} ${MARGIN.top}V${bottom}H${right}" fill="none" stroke="#333"/>`,
    text(left + INNER_WIDTH / 2, HEIGHT - 14, plot.xLabel, 'text-anchor="middle"'),
    text(18, middleY, plot.yLabel, `text-anchor="middle" transform="rotate(-90 18 ${middleY})"`),
    ...plot.series.flatMap((series, index) => [
      polyline(series, index, x, y),
      ...series.points.map(([px, py]) => `<circle cx="${x(px)}" cy="${y(py)}" r="3.5" fill="${colour(index)}"/>`),
    ]),
    ...plot.series.flatMap((series, index) => legendEntry(series, index)),
    '</svg>',
    '',
  ].join('\n');
}

/** Round numbers from zero to the first at or above `largest`, about five of them. */
export function ticks(largest: number): readonly number[] {
  if (!(largest > 0)) return [0, 1];
  const rough = largest / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999)!;
  const count = Math.ceil(largest / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

function polyline(series: Series, index: number, x: (value: number) => number, y: (value: number) => number): string {
  const points = series.points.map(([px, py]) => `${x(px)},${y(py)}`).join(' ');
  return `<polyline points="${points}" fill="none" stroke="${colour(index)}" stroke-width="2" stroke-dasharray="${dashes(index)}"/>`;
}

function legendEntry(series: Series, index: number): readonly string[] {
  const [x, y] = [MARGIN.left + 16, MARGIN.top + 16 + index * 19];
  return [
    `<path d="M${x} ${y}h26" stroke="${colour(index)}" stroke-width="2" stroke-dasharray="${dashes(index)}"/>`,
    text(x + 34, y + 4, series.label, 'stroke="#fff" stroke-width="3" paint-order="stroke"'),
  ];
}

function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${x}" y="${y}" fill="#222" ${attributes}>${escapeXml(content)}</text>`;
}

function colour(index: number): string {
  return COLOURS[index % COLOURS.length]!;
}

function dashes(index: number): string {
  return DASHES[index % DASHES.length]!;
}

function label(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 6 });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
