/** Where a text ends without the signs that hang on its end. A pattern with $ would look from every place of the text. */
export function endWithout(text: string, sign: RegExp): number {
  let end = text.length
  while (end > 0 && sign.test(text.charAt(end - 1))) end--
  return end
}

/** Words and single signs of a text, as written. */
export function wordsIn(text: string): readonly { readonly word: string; readonly offset: number }[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}\p{M}]/gu)].map(({ 0: word, index }) => ({ word, offset: index }))
}
