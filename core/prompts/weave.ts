import { diffArrays } from 'diff'

/** A line of an edited prompt, before it is text: a line of the generated one, by its index, or words written by hand. */
export type WovenLine =
  | { readonly kind: 'generated'; readonly line: number }
  | { readonly kind: 'edited'; readonly text: string; readonly was: number | undefined }

/** An edited text laid over the sealed one. */
export type Woven = {
  readonly lines: readonly WovenLine[]
  /** Indices of lines of the edited text that are filled in or copied from elsewhere, and so are not to be edited. */
  readonly fixed: readonly number[]
  /** Fixed lines of the generated text that the edit took away or parted; none in a sound edit. */
  readonly broken: readonly string[]
}

/** Lines that only a draft has: the first, counted from 0, and how many. */
export type Band = { readonly at: number; readonly lines: number }

export type Generated = {
  /** With blank seals: the same for every version of the same words. */
  readonly blank: string
  /** As it would be issued; digests, zone and draft band filled in. */
  readonly sealed: string
  /** Where the band of a draft stands in the sealed text. */
  readonly band: Band | undefined
  /** The mark around fenced material in the blank text. */
  readonly nonce: string | undefined
}

/**
 * Puts the seals into an edited text. Texts are edited with blank seals, so that a digest never is the reason of a conflict;
 * what differs between blank and sealed, and fenced material, stay as they are made.
 */
export function weave({ blank, sealed, band, nonce }: Generated, edited: string): Woven {
  const from = blank.split('\n')
  const seals = sealsOf(from, sealed.split('\n'), band)
  const blocks = [fence(from, nonce)].filter(block => block !== undefined)
  const isFixed = (line: number) => seals[line]?.isFilled === true || blocks.some(block => isIn(block, line))
  const lines: WovenLine[] = []
  const fixed: number[] = []
  const broken: string[] = []
  let written = 0
  for (const { at, gone, now } of runsOf(from, edited.split('\n'))) {
    if (now === 'as it was') {
      for (let line = at; line < at + gone; line++, written++) {
        if (isFixed(line)) fixed.push(written)
        lines.push(...(seals[line]?.lines ?? []).map(sealedLine => ({ kind: 'generated' as const, line: sealedLine })))
      }
      continue
    }
    broken.push(...from.slice(at, at + gone).filter((_, index) => isFixed(at + index)))
    if (now.length > 0 && blocks.some(block => parts(block, at))) broken.push(from[at] ?? '')
    for (const [index, text] of now.entries())
      lines.push({ kind: 'edited', text, was: index < gone ? seals[at + index]?.lines.at(-1) : undefined })
    written += now.length
  }
  return { lines, fixed, broken }
}

/** Lines from `at` on: so many of them stand as they were, or gave way to others. */
type Run = { readonly at: number; readonly gone: number; readonly now: 'as it was' | readonly string[] }

function runsOf(from: readonly string[], to: readonly string[]): readonly Run[] {
  const runs: Run[] = []
  let at = 0
  let gone = 0
  for (const { added, removed, count, value } of diffArrays([...from], [...to])) {
    // What comes in stands right behind what it replaces.
    if (gone > 0 && !added) runs.push({ at: at - gone, gone, now: [] })
    if (added) runs.push({ at: at - gone, gone, now: value })
    else if (!removed) runs.push({ at, gone: count, now: 'as it was' })
    if (!added) at += count
    gone = removed ? count : 0
  }
  if (gone > 0) runs.push({ at: at - gone, gone, now: [] })
  return runs
}

/** The text of a woven prompt over one sealing of its generated text. */
export function wovenText({ lines }: Woven, sealed: string): string {
  const from = sealed.split('\n')
  return lines.map(line => (line.kind === 'generated' ? (from[line.line] ?? '') : line.text)).join('\n')
}

/** For one blank line, the lines that stand in its place once sealed. */
type Seal = { readonly isFilled: boolean; readonly lines: readonly number[] }

/** Sealing fills lines in and puts the draft band before one of them; it moves nothing else. */
function sealsOf(blank: readonly string[], sealed: readonly string[], band: Band | undefined): readonly Seal[] {
  const { at, lines: more } = band ?? { at: blank.length, lines: 0 }
  if (blank.length + more !== sealed.length) throw new Error('weave: the sealed text is not the blank one with its seals')
  return blank.map((text, line) => {
    const here = line < at ? line : line + more
    const before = line === at ? Array.from({ length: more }, (_, index) => at + index) : []
    return { isFilled: text !== sealed[here] || before.length > 0, lines: [...before, here] }
  })
}

type Block = { readonly start: number; readonly end: number }

function isIn({ start, end }: Block, line: number): boolean {
  return start <= line && line <= end
}

/** Whether words put before a line would stand inside the block. */
function parts({ start, end }: Block, line: number): boolean {
  return start < line && line <= end
}

function fence(lines: readonly string[], nonce: string | undefined): Block | undefined {
  if (nonce === undefined) return undefined
  const start = lines.findIndex(line => line.includes(nonce))
  const end = lines.findLastIndex(line => line.includes(nonce))
  return start >= 0 ? { start, end } : undefined
}
