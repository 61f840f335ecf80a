import { getDocumentProxy } from 'unpdf';

/** A node of the structure tree, or the marked content that it points to. */
interface Tag {
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly lang?: string;
  readonly children?: readonly Tag[];
}

interface Piece {
  readonly str?: string;
  readonly type?: string;
  readonly tag?: string;
  readonly id?: string;
  readonly fontName?: string;
  readonly height?: number;
}

/** A document with what each page holds. */
export async function readPdf(bytes: Buffer) {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const pages = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    pages.push({ tree: (await page.getStructTree()) as Tag | null, pieces: items as Piece[], size: page.view });
  }
  return { document, pages };
}

/** Tags in reading order, with the text that each holds itself. */
export function spoken({ tree, pieces }: { readonly tree: Tag | null; readonly pieces: readonly Piece[] }) {
  const texts = new Map<string, string>();
  const open: (string | undefined)[] = [];
  for (const piece of pieces) {
    if (piece.type?.startsWith('beginMarkedContent')) open.push(piece.id);
    else if (piece.type === 'endMarkedContent') open.pop();
    const id = open.findLast((candidate) => candidate !== undefined);
    if (piece.str && id) texts.set(id, `${texts.get(id) ?? ''} ${piece.str}`.trim());
  }
  const found: { role: string; text: string; lang?: string }[] = [];
  const visit = (tag: Tag) => {
    const own = (tag.children ?? []).flatMap((child) =>
      child.type === 'content' ? (texts.get(child.id ?? '') ?? []) : [],
    );
    if (tag.role) found.push({ role: tag.role, text: own.join(' '), ...(tag.lang && { lang: tag.lang }) });
    for (const child of tag.children ?? []) visit(child);
  };
  if (tree) visit(tree);
  return found;
}
