import type { LetterBlock, LetterDocument } from '../contracts/letter-document.ts';

const LINE_CHARACTERS = 76;

/** The letter as plain text, for who reads it aloud by machine or in a mail client of long ago. */
export function letterAsText({ letterhead, address, writtenOn, blocks }: LetterDocument): string {
  const parts = [letterhead.join('\n'), writtenOn, address.join('\n'), ...blocks.map(blockAsText)];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function blockAsText(block: LetterBlock): string {
  switch (block.kind) {
    case 'heading':
      return `${block.text}\n${'='.repeat(block.text.length)}`;
    case 'subheading':
      return `${block.text}\n${'-'.repeat(block.text.length)}`;
    case 'paragraph':
      return wrapped(block.text);
    case 'facts':
      return block.facts.map(({ name, lines }) => wrapped(`${name}: ${lines.join(', ')}`, '  ')).join('\n');
    case 'list':
      return block.items.map((item) => `- ${wrapped(item, '  ')}`).join('\n');
    default:
      return block satisfies never;
  }
}

/** Lines of at most 76 characters, but for words that are longer; those after the first begin with `indent`. */
function wrapped(text: string, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > LINE_CHARACTERS && line !== '') {
      lines.push(line);
      line = indent + word;
    } else line = longer;
  }
  return [...lines, line].join('\n');
}
