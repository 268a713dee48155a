/** Counts straight from the lines of Mermaid flowcharts, written without a look at the parser: arrows are cut out, what is left are nodes. */
function blocksOf(text: string): readonly string[] {
  if (!/^\s*(```+|~~~+)/m.test(text)) return [text]
  // The outermost fences only: a fence inside a longer one is text.
  return [...text.matchAll(/^[ \t]*(`{3,}|~{3,})[ \t]*(\w*)\n([\s\S]*?)^[ \t]*\1[ \t]*$/gm)].flatMap(
    ([, , language, inner = '']) => (language === 'mermaid' && /^\s*(graph|flowchart)\b/.test(inner) ? [inner] : []),
  )
}

const SKIPPED = /^(%%|---|graph|flowchart|direction|classDef|style|linkStyle|click|accTitle|end\b|this line)/

function rawChart(block: string) {
  const chart = block
    .replace(/^\s*---\n[\s\S]*?\n---\n/, '')
    .replace(/%%\{[\s\S]*?\}%%/g, '')
    .replace(/"[^"]*"/g, 'Q')
    .replace(/#\w+;/g, '')
  const groups: string[] = []
  const kinds = new Map<string, string>()
  const classes = new Map<string, string>()
  let flows = 0
  for (const line of chart.split('\n').flatMap(one => one.trim().split(';'))) {
    const text = line.trim()
    const [, group] = /^subgraph (.*)$/.exec(text) ?? []
    const [, ids, name] = /^class (\S+) (\w+)$/.exec(text) ?? []
    if (group) groups.push(/^\w+(?=\[|$)/.exec(group)?.[0] ?? group)
    else if (name) for (const id of ids?.split(',') ?? []) classes.set(id, name)
    else if (text !== '' && !SKIPPED.test(text)) flows += rawLine(text, { groups, kinds, classes })
  }
  for (const group of groups) if (kinds.get(group) === '') kinds.delete(group)
  return { groups: groups.length, kinds, classes, flows }
}

type Found = { readonly groups: readonly string[]; readonly kinds: Map<string, string>; readonly classes: Map<string, string> }

/** Takes down the nodes of a line and answers how many flows it draws. */
function rawLine(text: string, { kinds, classes }: Found): number {
  const plain = text
    .replace(/\w+@(?=-->)/g, '')
    .replace(/\|[^|]*\|/g, '')
    .replace(/-- [^->]+ -->/g, '-->')
    .replace(/-\. [^.]+ \.->/g, '-->')
  const parts = plain.split(/\s*(?:<-->|-->|--x|==>|---|~~~)\s*/)
  const arrows = [...plain.matchAll(/<-->|-->|--x|==>|---|~~~/g)].map(([arrow]) => arrow)
  const lists = parts.map(part => part.split(/\s&\s/))
  for (const node of lists.flat()) {
    const [, id = '', shape = '', name] = /^([\w-]+?)((?:@\{|\[|\(|\{|>).*?)?(?::::(\w+))?$/.exec(node.trim()) ?? []
    if (/animate/.test(shape)) continue
    if ((kinds.get(id) ?? '') === '') kinds.set(id, shape)
    if (name) classes.set(id, name)
  }
  return arrows.reduce((sum, arrow, i) => sum + (arrow === '~~~' ? 0 : (lists[i]?.length ?? 0) * (lists[i + 1]?.length ?? 0)), 0)
}

function kindOf(id: string, shape: string, { classes, isRound }: { classes: ReadonlyMap<string, string>; isRound: boolean }) {
  if (classes.get(id) === 'external') return 'externalEntities'
  if (/^\[\(|shape: cyl/.test(shape)) return 'dataStores'
  if (!/^\[[^[/\\(]/.test(shape)) return 'processes'
  if (/User|External/.test(shape)) return 'externalEntities'
  return isRound && !/Gateway|Application/.test(shape) ? 'externalEntities' : 'processes'
}

function rawCounts(text: string): Readonly<Record<string, number>> {
  const charts = blocksOf(text).map(rawChart)
  const kinds = charts.flatMap(chart => {
    const isRound = [...chart.kinds.values()].some(shape => /^(\(|\{|\[\[|>)/.test(shape))
    return [...chart.kinds].map(([id, shape]) => kindOf(id, shape, { ...chart, isRound }))
  })
  const count = (kind: string) => kinds.filter(one => one === kind).length
  const sum = (of: (chart: (typeof charts)[number]) => number) => charts.reduce((total, chart) => total + of(chart), 0)
  return {
    elements: kinds.length,
    processes: count('processes'),
    dataStores: count('dataStores'),
    externalEntities: count('externalEntities'),
    flows: sum(({ flows }) => flows),
    boundaries: sum(({ groups }) => groups),
    unresolvedBoundaries: 0,
    dataAssets: 0,
    threats: 0,
    mitigations: 0,
    acceptances: 0,
    requirements: 0,
    diagrams: charts.length,
  }
}

export const counts: Readonly<Record<string, (text: string) => Readonly<Record<string, number>>>> = { mermaid: rawCounts }
