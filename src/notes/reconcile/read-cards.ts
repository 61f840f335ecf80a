import type { FollowUp, FollowUpReading, RaisedFlag, ReadRequest, SourceSpan } from '../../contracts/followup.ts';
import type { ReadCard } from './cards.ts';

/** Each request of a reading as a card of its own, in the order of the text; a group without requests is one card. */
export function readCards({ followUps }: Pick<FollowUpReading, 'followUps'>, text: string): ReadCard[] {
  return followUps
    .flatMap((followUp, group) => cardsOf(followUp, group, text))
    .sort((one, other) => one.source.start - other.source.start || one.source.end - other.source.end);
}

function cardsOf({ requests, flags, route, source }: FollowUp, group: number, text: string): ReadCard[] {
  if (requests.length === 0) {
    return [{ group, key: null, fields: null, sources: {}, proposals: [], flags, source, route }];
  }
  const others = new Set(requests.map(({ request }) => request.id));
  return requests.map(({ request, sources, proposals }) => ({
    group,
    key: request.id,
    fields: request,
    sources,
    proposals,
    flags: flags.filter((flag) => isAbout(flag, request.id, others)),
    source: wordsOf(sources, text) ?? source,
    route,
  }));
}

/** A flag that names a request is about that one, the others about the whole group. */
function isAbout({ flag }: RaisedFlag, key: string, keys: ReadonlySet<string>): boolean {
  const named = /_(R\d+)$/.exec(flag)?.[1];
  return named === undefined || named === key || !keys.has(named);
}

/** From the first to the last word that a field came from. */
function wordsOf(sources: ReadRequest['sources'], text: string): SourceSpan | undefined {
  const spans = Object.values(sources).flat();
  if (spans.length === 0) return undefined;
  const start = Math.min(...spans.map((span) => span.start));
  const end = Math.max(...spans.map((span) => span.end));
  return { start, end, text: text.slice(start, end) };
}
