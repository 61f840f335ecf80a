const COMMENT = '#';
const BYTE_ORDER_MARK = '\uFEFF';
const SEPARATORS = ['\t', ';', ','] as const;

/** A line that is neither empty nor a comment; lines count from 1. */
export interface TableLine {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Reads a table with tabs, semicolons or commas between its fields: of these, the first that there is one of. But with
 * tabs, fields can stand in quotation marks, within which a mark is doubled (RFC 4180). Never across lines, so that one
 * wrong mark costs one line.
 */
export function readTable(text: string): TableLine[] {
  const whole = text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
  const lines = whole
    .split(/\r\n|\r|\n/)
    .map((content, index) => ({ content, line: index + 1 }))
    .filter(({ content }) => content.trim() !== '' && !content.startsWith(COMMENT));
  const separator = SEPARATORS.find((sign) => lines.some(({ content }) => content.includes(sign))) ?? SEPARATORS[0];
  return lines.map(({ content, line }) => ({ line, fields: fieldsOf(content, separator) }));
}

function fieldsOf(line: string, separator: string): string[] {
  if (separator === '\t') return line.split(separator).map((field) => field.trim());
  const fields: string[] = [];
  for (let from = 0; from <= line.length; ) {
    const quoted = /^\s*"((?:[^"]|"")*)"\s*/.exec(line.slice(from));
    const end = line.indexOf(separator, from + (quoted?.[0].length ?? 0));
    const to = end === -1 ? line.length : end;
    fields.push(quoted ? quoted[1]!.replaceAll('""', '"') : line.slice(from, to).trim());
    from = to + separator.length;
  }
  return fields;
}
