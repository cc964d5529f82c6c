/** The page is given a turn after this long. */
const sliceMs = 12;

/**
 * For long work in small pieces: to be awaited between two of them. Lets the page draw and hear the user when the work
 * has had its slice of time.
 * @param check throws where the work is no longer wanted
 */
export function breather(check: () => void): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < sliceMs) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    check();
    since = performance.now();
  };
}
