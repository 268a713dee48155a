/** Lines and lines hit by file, straight from the text of a coverage report, written without a look at the readers. */
export type LineCounts = Readonly<Record<string, readonly [number, number]>>

/** Hits by line by file, summed up. */
function summed(hits: ReadonlyMap<string, ReadonlyMap<number, number>>): LineCounts {
  return Object.fromEntries(
    [...hits].map(([file, lines]) => [file, [lines.size, [...lines.values()].filter(count => count > 0).length]]),
  )
}

function add(hits: Map<string, Map<number, number>>, file: string, lines: readonly (readonly [number, number])[]): void {
  const known = hits.get(file) ?? new Map<number, number>()
  for (const [line, count] of lines) known.set(line, (known.get(line) ?? 0) + count)
  hits.set(file, known)
}

export function lcovCounts(text: string): LineCounts {
  const hits = new Map<string, Map<number, number>>()
  for (const record of text.split('end_of_record')) {
    const file = /^SF:(.+)$/m.exec(record)?.[1]
    if (file !== undefined)
      add(
        hits,
        file,
        [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map(([, line, count]) => [Number(line), Number(count)]),
      )
  }
  return summed(hits)
}

export function coberturaCounts(text: string): LineCounts {
  const hits = new Map<string, Map<number, number>>()
  const roots = [...text.matchAll(/<source>(.*?)<\/source>/g)].map(([, root = '']) => root)
  const root = roots.length === 1 && roots[0] !== '.' ? `${roots[0]}/` : ''
  for (const [, head = '', body = ''] of text.matchAll(/<class ([^>]*)>([\s\S]*?)<\/class>/g)) {
    const file = /filename="([^"]*)"/.exec(head)?.[1] ?? ''
    const own = body.replace(/<methods>[\s\S]*?<\/methods>/g, '')
    const lines = [...own.matchAll(/<line ([^>]*)>/g)].map(([, said = '']): readonly [number, number] => [
      Number(/number="(\d+)"/.exec(said)?.[1]),
      Number(/hits="(\d+)"/.exec(said)?.[1]),
    ])
    add(hits, (root + file).split('\\').join('/'), lines)
  }
  return summed(hits)
}

export const folders: readonly string[] = ['coverage']
export const counts: Readonly<Record<string, (text: string) => number>> = {
  coverage: text => Object.keys(text.trimStart().startsWith('<') ? coberturaCounts(text) : lcovCounts(text)).length,
}
