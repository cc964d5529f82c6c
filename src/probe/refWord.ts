/** What people write for a DNS question, as the URL that references know: `dns:web.shop` is `dns://web.shop`. */
export function refWord(word: string): string {
  return word.replace(/^dns:(?!\/\/)/, 'dns://');
}
