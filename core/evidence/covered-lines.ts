import type { CoverageFacts, CoveredFile, Oddity } from './types.ts'

/** Lines of one file while its report is read; what names a line twice counts once, and is hit when any of them is. */
export type OpenFile = { readonly pointer: string; path: string; readonly lines: Map<string, boolean>; disagreement?: string }

/** Collects files of a coverage report; several records of one file are one file. */
export type Collector = {
  /** The file of this path, opened at its first place. */
  readonly file: (path: string, pointer: string) => OpenFile
  readonly odd: (pointer: string, text: string) => void
  readonly facts: () => CoverageFacts
}

export function newCollector(): Collector {
  const files = new Map<string, OpenFile>()
  const oddities: Oddity[] = []
  return {
    file(path, pointer) {
      const clean = slashed(path)
      const known = files.get(clean)
      if (known) return known
      const opened: OpenFile = { pointer, path: clean, lines: new Map() }
      files.set(clean, opened)
      return opened
    },
    odd: (pointer, text) => void oddities.push({ pointer, text }),
    facts: () => ({ files: [...files.values()].map(closed), oddities }),
  }
}

/** A number that cannot be read leaves a line that nobody is shown to have run. */
export function noteLine(file: OpenFile, line: string, isHit: boolean): void {
  file.lines.set(line, isHit || file.lines.get(line) === true)
}

export function closed({ pointer, path, lines, disagreement }: OpenFile): CoveredFile {
  const hit = [...lines.values()].filter(Boolean).length
  return { pointer, path, lines: lines.size, hit, ...(disagreement === undefined ? {} : { disagreement }) }
}

/** Paths of Windows with the slashes of everybody else. */
export function slashed(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
}

/** Whether a count of runs says that a line ran; undefined where it is no number. Some tools write a negative number after an overflow. */
export function hitBy(count: string | undefined): boolean | undefined {
  return count !== undefined && /^-?\d+(?:\.\d+)?$/.test(count) ? Number(count) > 0 : undefined
}
