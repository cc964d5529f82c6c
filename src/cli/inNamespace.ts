/** A reference with its namespace: `pod/NAME` and `svc/NAME` mean the one given. All else stays as it is. */
export function inNamespace(word: string, namespace: string): string {
  return word.replace(/^(pods?|po|svc|services?)\/([^/:]+)(?=:|$)/, `$1/${namespace}/$2`);
}
