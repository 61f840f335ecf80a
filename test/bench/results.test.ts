import { describe, expect, it } from 'vitest';
import { markdownTable } from '../../bench/markdown.ts';
import { replaceSection } from '../../bench/results.ts';

describe('a section of RESULTS.md', () => {
  const document = replaceSection(replaceSection('# Results\n', 'one', 'first'), 'two', 'second');

  it('is added at the end when it is new', () => {
    expect(document).toBe(
      '# Results\n\n<!-- begin one -->\nfirst\n<!-- end one -->\n\n<!-- begin two -->\nsecond\n<!-- end two -->\n',
    );
  });

  it('takes its own place when it is measured again, and leaves the others alone', () => {
    expect(replaceSection(document, 'one', 'again')).toBe(document.replace('first', 'again'));
    expect(replaceSection(document, 'two', 'second')).toBe(document);
  });
});

describe('a table', () => {
  it('keeps a bar in a cell from making two cells', () => {
    expect(markdownTable(['a', 'b'], [['x|y', '1']])).toBe('| a | b |\n| --- | ---: |\n| x\\|y | 1 |');
  });
});
