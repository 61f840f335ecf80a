import type { LetterBlock, LetterDocument, LetterFact } from '../contracts/letter-document.ts';
import { LETTER_STYLE } from './html-style.ts';

const ADDRESS_OF_A_PAGE = /^https?:\/\/\S+$/;

/** The letter as a page of its own, in the order of the paper; it fetches nothing and prints as a letter. */
export function letterAsHtml({ title, letterhead, address, writtenOn, blocks, hasLargePrint }: LetterDocument): string {
  const [sender, ...contact] = letterhead;
  return `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${LETTER_STYLE}</style>
</head>
<body>
<main${hasLargePrint ? ' class="large"' : ''}>
${[
  sender === undefined ? '' : paragraph([sender], ' class="sender"'),
  paragraph([...contact, writtenOn]),
  paragraph(address, ' class="address"'),
  ...blocks.map(blockAsHtml),
]
  .filter((part) => part !== '')
  .join('\n')}
</main>
</body>
</html>
`;
}

function blockAsHtml(block: LetterBlock): string {
  switch (block.kind) {
    case 'heading':
      return `<h1${inLanguage(block.language)}>${escaped(block.text)}</h1>`;
    case 'subheading':
      return `<h2>${escaped(block.text)}</h2>`;
    case 'paragraph':
      return paragraph([block.text], inLanguage(block.language));
    case 'facts':
      return block.facts.length === 0 ? '' : `<dl>\n${block.facts.map(factAsHtml).join('\n')}\n</dl>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${escaped(item)}</li>`).join('\n')}\n</ul>`;
    default:
      return block satisfies never;
  }
}

function factAsHtml({ name, lines, isMain }: LetterFact): string {
  const told = lines.map((line) =>
    ADDRESS_OF_A_PAGE.test(line) ? `<a href="${escaped(line)}">${escaped(line)}</a>` : escaped(line),
  );
  return `<div${isMain ? ' class="main"' : ''}><dt>${escaped(name)}</dt><dd>${told.join('<br>')}</dd></div>`;
}

function paragraph(lines: readonly string[], attributes = ''): string {
  return lines.length === 0 ? '' : `<p${attributes}>${lines.map(escaped).join('<br>')}</p>`;
}

function inLanguage(language: string | undefined): string {
  return language === undefined ? '' : ` lang="${escaped(language)}"`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  // "kl." stands on the line of its time.
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!).replace(/\bkl\. (?=\d)/g, 'kl.&nbsp;');
}
