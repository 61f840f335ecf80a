import './letter.css';
import type { LetterBlock, LetterDocument } from '../../contracts/letter-document.ts';

/** A letter drawn on the page as on paper, its headings below those of the panel. */
export function LetterSheet({ letter, label }: { readonly letter: LetterDocument; readonly label: string }) {
  const { letterhead, address, writtenOn, blocks, hasLargePrint } = letter;
  const [sender, ...contact] = letterhead;
  return (
    <article className="letter" data-large={hasLargePrint} aria-label={label}>
      <div className="letter-top">
        <p>
          {sender && <strong>{sender}</strong>}
          <Lines lines={contact} />
          <span>{writtenOn}</span>
        </p>
        <p>
          <Lines lines={address} />
        </p>
      </div>
      {blocks.map((block, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part has no name but its place, and can say the same as another
        <Block key={place} block={block} />
      ))}
    </article>
  );
}

function Block({ block }: { readonly block: LetterBlock }) {
  switch (block.kind) {
    case 'heading':
      return <h4 lang={block.language}>{block.text}</h4>;
    case 'subheading':
      return <h5>{block.text}</h5>;
    case 'paragraph':
      return <p lang={block.language}>{block.text}</p>;
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      );
    case 'facts':
      return (
        <dl>
          {block.facts.map(({ name, lines, isMain }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd data-main={isMain}>
                <Lines lines={lines} />
              </dd>
            </div>
          ))}
        </dl>
      );
    default:
      return block satisfies never;
  }
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return lines.map((line) => <span key={line}>{line}</span>);
}
