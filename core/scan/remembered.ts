/** Texts of a design are short, and after an edit all but one are the same: what was found in them is kept for so many. */
const MOST = 2000
const LONGEST = 2000

/** The same answers as `derive`, which must depend on text and asker alone; those of short texts are remembered, the latest of them. */
export function remembered<Asker extends object, Answer>(
  derive: (text: string, asker: Asker) => Answer,
): (text: string, asker: Asker) => Answer {
  const byAsker = new WeakMap<Asker, Map<string, Answer>>()
  return (text, asker) => {
    if (text.length > LONGEST) return derive(text, asker)
    const known = byAsker.get(asker) ?? new Map<string, Answer>()
    byAsker.set(asker, known)
    const before = known.get(text)
    if (before !== undefined) return before
    const answer = derive(text, asker)
    if (known.size >= MOST) known.clear()
    known.set(text, answer)
    return answer
  }
}
