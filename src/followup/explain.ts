import type { FollowUpOptions, FollowUpReading } from '../contracts/followup.ts';
import { type Standing, segmentsOf } from './binding/standing.ts';
import { toReading } from './extract.ts';
import type { Node } from './grammar/node.ts';
import { read } from './read.ts';

/** A phrase with what it was made of, for people to look at. */
export interface ExplainedNode {
  readonly text: string;
  /** What it can mean; one category alone for what a rule made. */
  readonly categories: readonly string[];
  readonly rule?: string;
  readonly uncertain: boolean;
  readonly children: readonly ExplainedNode[];
}

export interface ExplainedSegment {
  readonly standing: Standing;
  readonly phrases: readonly ExplainedNode[];
}

/** How a text was read, stage by stage. */
export interface FollowUpExplanation {
  /** Words that were taken for others. */
  readonly repairs: readonly { readonly written: string; readonly takenFor: string }[];
  readonly sentences: readonly (readonly ExplainedSegment[])[];
  readonly reading: FollowUpReading;
}

/**
 * The parse behind `extractFollowUps`, for a debugging view.
 *
 * @throws AppError REQUEST_INVALID for a reference date that is none
 */
export function explainFollowUps(text: string, options: FollowUpOptions): FollowUpExplanation {
  const reading = read(text, options);
  return {
    repairs: reading.tokens
      .filter(({ uncertain, text: written, lower }) => uncertain && written.toLowerCase() !== lower)
      .map(({ text: written, lower }) => ({ written, takenFor: lower })),
    sentences: reading.sentences.map(({ nodes }) =>
      segmentsOf(nodes).map(({ standing, nodes: inside }) => ({ standing, phrases: inside.map(explainNode) })),
    ),
    reading: toReading(text, reading, options),
  };
}

function explainNode({ text, senses, rule, uncertain, children }: Node): ExplainedNode {
  return {
    text,
    categories: senses.map(({ category }) => category),
    ...(rule !== undefined && { rule }),
    uncertain,
    children: children.map(explainNode),
  };
}
