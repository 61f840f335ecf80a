import type { CommandName } from '../contracts/dictation.ts';
import type { Template } from './templates.ts';

/** Where a jump goes: to a section by its number, or a step from here. */
export type Destination =
  | { readonly to: 'section'; readonly index: number }
  | { readonly to: 'section-step' | 'field-step' | 'any-step'; readonly by: 1 | -1 };

/** How a mark stands to its neighbours. A `clause` mark (,;:) and a `sentence` mark replace each other. */
export type MarkKind = 'sentence' | 'clause' | 'joining' | 'dash' | 'opening' | 'closing';

export type Action =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'mark'; readonly mark: string; readonly is: MarkKind }
  /** Parentheses and quotation marks that open or close by what stands before. */
  | { readonly kind: 'pair'; readonly open: string; readonly close: string }
  | { readonly kind: 'break'; readonly text: string }
  | { readonly kind: 'case'; readonly nextLetter: 'upper' | 'lower' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'strike' }
  | { readonly kind: 'jump'; readonly destination: Destination }
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'stop' };

/** What a rule made of the first words: how many it took, and what to do. */
export interface Reading {
  readonly length: number;
  readonly action: Action;
  /** Absent for running text. */
  readonly command?: CommandName;
}
