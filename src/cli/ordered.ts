/**
 * Maps items with at most `concurrency` under way at a time, and yields each result as soon as all before it are out.
 * `work` must not reject.
 */
export async function* mapInOrder<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const waiting = items.map((item) => ({ item, result: Promise.withResolvers<Result>() }));
  // All runners share one iterator: whoever is free takes the next item.
  const queue = waiting.values();
  const run = async () => {
    for (const { item, result } of queue) result.resolve(await work(item));
  };
  const runners = Array.from({ length: concurrency }, run);
  for (const { result } of waiting) yield await result.promise;
  await Promise.all(runners);
}
