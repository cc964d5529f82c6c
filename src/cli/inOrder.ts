/**
 * Works on several items at once and hands the results over in the items' order, each as soon as those before it
 * are there. The first item is done alone: what it finds out serves the others.
 * @throws what `work` threw first; nothing new is begun then.
 */
export async function inOrder<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
  done: (result: R) => void,
): Promise<void> {
  const [first, ...others] = items;
  if (first === undefined) return;
  done(await work(first));
  const results = new Map<number, R>();
  let next = 0;
  let handed = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (!failed) {
      const index = next++;
      const item = others[index];
      if (item === undefined) return;
      try {
        results.set(index, await work(item));
      } catch (error) {
        failed = true;
        throw error;
      }
      for (let result = results.get(handed); result !== undefined; result = results.get(handed)) {
        results.delete(handed++);
        done(result);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, others.length) }, worker));
}
