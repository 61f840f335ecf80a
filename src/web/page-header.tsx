import { messages } from './messages.sv.ts';

const PAGES = [
  ['/diktera', messages.toDictation],
  ['/', messages.toFiles],
] as const;

/** The head of every page: whose it is, and the way to the others. */
export function PageHeader({ path }: { path: (typeof PAGES)[number][0] }) {
  return (
    <header>
      <h1>Taltid</h1>
      <nav aria-label={messages.pages}>
        {PAGES.map(([href, name]) => (
          <a key={href} href={href} aria-current={href === path ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
    </header>
  );
}
