import { isA, meaningOf, type Node } from '../grammar/node.ts';
import type { Category, Sense } from '../grammar/values.ts';

/** A clause that goes on until something else begins: what opens it, what it is, and what ends it. */
interface ClauseRule {
  readonly category: Extract<Category, 'Earlier' | 'Trigger' | 'Condition' | 'Reason'>;
  readonly openers: ReadonlySet<string>;
  readonly isOpenedBy?: (
    node: Node,
    next: Node | undefined,
    previous: Node | undefined,
    after: Node | undefined,
  ) => boolean;
  readonly endsBefore: (node: Node, clause: ClauseSoFar, next: Node | undefined) => boolean;
  /** Whether the opening word belongs to what is told. */
  readonly tellsOpener: boolean;
}

/** How many nodes a clause has, its opener included, and the last of them. */
interface ClauseSoFar {
  readonly length: number;
  readonly last: Node;
}

const isBreak = (node: Node) => isA(node, 'Break') && !/^[–—]$/.test(node.lower);
const isStrongAction = (node: Node) => meaningOf(node, 'Action')?.strength === 'strong' || isA(node, 'NegatedAction');
const isStrike = (node: Node) => isA(node, 'Strike', 'Correction');
const isNewThing = (node: Node) => isBreak(node) || isStrongAction(node) || isStrike(node) || isA(node, 'Question');
/** "För bedömning av knöl", "på grund av influensa": what a visit is for or was missed for, no order. */
const isMatter = (node: Node) =>
  /^(bedömning|utredning|ställningstagande)$/.test(node.lower) ||
  (meaningOf(node, 'Action')?.type === 'vaccination' && !/vacc|dos/.test(node.lower));
/** "Om proverna är bra", "om remiss avslås": what is the case, rather than what is asked for. */
const isCase = (node: Node | undefined) =>
  isA(node, 'Done', 'Past', 'Result', 'NotNeeded', 'Neg', 'Modal') ||
  /^(är|har|blir|finns|kommer|kommit|kommer in|krävs|behövs|dröjer|föreligger|anlänt|från|på|av)$/.test(
    node?.lower ?? '',
  );
const isPlacing = (node: Node) =>
  isA(node, 'Time', 'Link', 'Series', 'Person', 'Need', 'Prep', 'Pref', 'Worsening', 'Then', 'PlanVerb', 'PatientId');

/** "Om smärtan kvarstår MR ländrygg": what is asked for if so. In "om MR visar ..." it is the condition's own. */
const SHORTEST_CONDITION_NODES = 3;
const isOrder = (node: Node, { length, last }: ClauseSoFar, next: Node | undefined) =>
  isA(node, 'Action') &&
  !meaningOf(node, 'Action')!.definite &&
  meaningOf(node, 'Action')!.fields?.analyses === undefined &&
  !/^(vid|efter|på|i|till|från|av|under|inför|före|innan|med|en|ett|kan)$/.test(last.lower) &&
  (length >= SHORTEST_CONDITION_NODES || isA(last, 'Result')) &&
  !isA(next, 'Result', 'Past') &&
  !/^(är|ger)$/.test(next?.lower ?? '');

/** "Om CRP stiger ska han komma": the verb comes before who does it where the condition has ended. */
const isMainClause = (node: Node, { length }: ClauseSoFar, next: Node | undefined) =>
  length >= SHORTEST_CONDITION_NODES &&
  (/^(ska|skall|får|bör|kan|måste) (han|hon|hen|pat|patienten|vi|man)\b/.test(node.lower) ||
    (isA(node, 'Modal') && /^(han|hon|hen|pat|patienten|vi|jag|man)$/.test(next?.lower ?? '')));

const CLAUSES: readonly ClauseRule[] = [
  {
    category: 'Earlier',
    openers: new Set(['tidigare om', 'tidigare vid', 'förr om', 'tidigare ifall']),
    endsBefore: isNewThing,
    tellsOpener: true,
  },
  {
    category: 'Trigger',
    openers: new Set([
      'när',
      'så snart',
      'så fort',
      'då',
      'efter att',
      'sedan',
      'i väntan på',
      'i avvaktan på',
      'inväntar',
      'invänta',
      'avvakta',
      'avvaktar',
      'inväntas',
      'avvaktas',
      'väntar på',
      'i väntan',
      'tills',
      'förrän',
      'först när',
      'efter genomförd',
      'efter genomfört',
      'efter utförd',
      'efter gjord',
      'så snart som',
    ]),
    isOpenedBy: (node, next) =>
      next !== undefined &&
      !isA(next, 'Break', 'Time', 'Link', 'And') &&
      (node.lower !== 'då' || isA(next, 'Answer')) &&
      (node.lower !== 'tills' || next.lower !== 'dess') &&
      (node.lower !== 'sedan' || isA(next, 'Answer')) &&
      (!/^avvakta/.test(node.lower) || isA(next, 'Answer', 'Reason')),
    endsBefore: (node) => isNewThing(node) || isA(node, 'Then') || /^innan$/.test(node.lower),
    tellsOpener: true,
  },
  {
    category: 'Condition',
    openers: new Set([
      'om',
      'ifall',
      'såvida',
      'förutsatt att',
      'i fall',
      'under förutsättning att',
      'utifall',
      'med förbehåll för',
      'med förbehåll att',
      'med förbehåll för att',
      'med reservation för',
      'så länge',
      'i händelse av',
      'vid',
    ]),
    isOpenedBy: (node, next, previous) =>
      next !== undefined &&
      !isA(previous, 'Asks') &&
      !/^(tar|ta|tas|tag|görs|göra|gör|boka|bokas|information|informeras|tvekan|fråga|prat)$/.test(
        previous?.lower ?? '',
      ) &&
      !isA(next, 'Time', 'Number', 'Unit', 'Vague', 'Break') &&
      (node.lower !== 'vid' || isA(next, 'Unknown', 'Result', 'Analyses') || next.rule === 'utebliven effekt'),
    endsBefore: (node, clause, next) =>
      (isNewThing(node) && !(clause.length === 1 && (isA(node, 'NegatedAction') || isCase(next)))) ||
      (isA(node, 'Time') && !meaningOf(node, 'Time')?.bare) ||
      isA(node, 'PlanVerb') ||
      node.lower === 'annars' ||
      isMainClause(node, clause, next) ||
      (/^(ny|nytt|nya)$/.test(node.lower) && clause.length >= SHORTEST_CONDITION_NODES && isA(next, 'Action')) ||
      isOrder(node, clause, next),
    tellsOpener: false,
  },
  {
    category: 'Reason',
    openers: new Set([
      'för',
      'pga',
      'p g a',
      'på grund av',
      'angående',
      'ang',
      'avseende',
      'gällande',
      'med anledning av',
      'med frågeställning',
      'frågeställning',
      'rörande',
      'inför',
    ]),
    isOpenedBy: (_node, next, _previous, after) =>
      next !== undefined &&
      !(/^(hans|hennes|patientens|pats)$/.test(next.lower) && isA(after, 'Relative')) &&
      (isMatter(next) ||
        !isA(next, 'Break', 'Time', 'Link', 'Person', 'Action', 'Reason', 'Number', 'PatientId', 'Relative')),
    endsBefore: (node, { length }, next) =>
      isNewThing(node) ||
      isPlacing(node) ||
      (/^(per|via)$/.test(node.lower) && isA(next, 'Action')) ||
      (isA(node, 'Action') && !(length === 1 && isMatter(node))) ||
      isA(node, 'And', 'Condition', 'Trigger', 'Done', 'Past', 'Question'),
    tellsOpener: false,
  },
];

/** Joins the words of conditions, triggers and reasons into one node each; the rest stays as it is. */
export function joinClauses(nodes: readonly Node[]): readonly Node[] {
  return CLAUSES.reduce<readonly Node[]>((joined, rule) => joinOne(joined, rule), openAnswers(nodes));
}

/** "Om svaret är klart" is a condition, "telefontid om svaret" a reason. */
function openAnswers(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node, at) => {
    const isCondition =
      isA(node, 'Reason') && /^om /.test(node.lower) && isCase(nodes[nodes[at + 1]?.lower === ',' ? at + 2 : at + 1]);
    return isCondition ? node.children : [node];
  });
}

function joinOne(nodes: readonly Node[], rule: ClauseRule): readonly Node[] {
  const joined: Node[] = [];
  let at = 0;
  while (at < nodes.length) {
    const node = nodes[at]!;
    const isOpener = rule.openers.has(node.lower) && !isA(node, 'Time', 'Past');
    if (!isOpener || (rule.isOpenedBy && !rule.isOpenedBy(node, nodes[at + 1], nodes[at - 1], nodes[at + 2]))) {
      joined.push(node);
      at++;
      continue;
    }
    let end = at + 1;
    while (
      end < nodes.length &&
      !rule.endsBefore(nodes[end]!, { length: end - at, last: nodes[end - 1]! }, nodes[end + 1])
    )
      end++;
    const inside = nodes.slice(rule.tellsOpener ? at : at + 1, end);
    if (inside.length === 0) {
      joined.push(node);
      at++;
      continue;
    }
    joined.push(clauseNode(nodes.slice(at, end), rule.category, inside));
    at = end;
  }
  return joined;
}

/** The value is where the words that are told begin: `start:end` is all that a clause has to say. */
function clauseNode(all: readonly Node[], category: ClauseRule['category'], told: readonly Node[]): Node {
  const words = told.map(({ text }) => text).join(' ');
  const sense: Sense = { category, value: words };
  return {
    start: all[0]!.start,
    end: all.at(-1)!.end,
    lower: all.map(({ lower }) => lower).join(' '),
    text: all.map(({ text }) => text).join(' '),
    senses: [sense],
    children: all,
    rule: category.toLowerCase(),
    uncertain: all.some(({ uncertain }) => uncertain),
  };
}
