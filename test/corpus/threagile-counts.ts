/**
 * Counts straight from the lines of a Threagile YAML file, by their indents: no parser, and no look at the reader. Good for files
 * in the layout of Threagile's own: one key a line, lists with dashes.
 */
export const counts: Readonly<Record<string, (text: string) => Readonly<Record<string, number>>>> = { threagile: countsIn }

/** A key with the rest of its line, and what stands below it. */
type Line = { readonly indent: number; readonly key: string; readonly rest: string; readonly below: Line[] }

function outlineOf(text: string): Line {
  const root: Line = { indent: -1, key: '', rest: '', below: [] }
  const open = [root]
  let folded: number | undefined
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue
    // An entry of a list begins where its first key stands.
    const dashed = /^( *)- +(?=[a-z_]+:( |$))/.exec(line)
    const plain = dashed ? line.replace('-', ' ') : line
    const indent = plain.search(/\S/)
    if (folded !== undefined && indent > folded) continue
    folded = undefined
    const isText = plain.trimStart().startsWith('- ')
    const match = isText ? null : /^\s*(.*?):(?:\s+(.*))?$/.exec(plain.replace(/\s+#.*$/, ''))
    const parent = () => {
      while ((open.at(-1) as Line).indent >= indent) open.pop()
      return open.at(-1) as Line
    }
    if (dashed) {
      const list = { indent: indent - 2, key: '-', rest: '', below: [] }
      while ((open.at(-1) as Line).indent >= indent - 2) open.pop()
      ;(open.at(-1) as Line).below.push(list)
      open.push(list)
    }
    if (!match) {
      if (isText)
        parent().below.push({
          indent,
          key: '-',
          rest: plain
            .trim()
            .slice(2)
            .replace(/\s+#.*$/, ''),
          below: [],
        })
      continue
    }
    const row = { indent, key: match[1] ?? '', rest: (match[2] ?? '').trim(), below: [] }
    if (/^[>|]/.test(row.rest)) folded = indent
    parent().below.push(row)
    open.push(row)
  }
  return root
}

function below(line: Line | undefined, key: string): readonly Line[] {
  return line?.below.find(one => one.key === key)?.below ?? []
}

function wordOf(line: Line, key: string): string | undefined {
  return line.below.find(one => one.key === key)?.rest
}

const LINKED = ['data_assets_sent', 'data_assets_received']

function countsIn(text: string): Readonly<Record<string, number>> {
  const root = outlineOf(text)
  const assets = below(root, 'technical_assets')
  const isType = (type: string) => assets.filter(asset => wordOf(asset, 'type') === type).length
  const links = assets.flatMap(asset => below(asset, 'communication_links'))
  const categories = [...below(root, 'individual_risk_categories'), ...below(root, 'custom_risk_categories')]
  const ids = new Set([...assets, ...below(root, 'data_assets')].map(one => wordOf(one, 'id')))
  const tracked = below(root, 'risk_tracking').filter(({ key }) =>
    key
      .split('@')
      .slice(1)
      .some(part => ids.has(part)),
  )
  const isTracked = (status: string) => tracked.filter(one => wordOf(one, 'status') === status).length
  return {
    elements: assets.length,
    processes: isType('process'),
    dataStores: isType('datastore'),
    externalEntities: isType('external-entity'),
    flows: links.length,
    boundaries: below(root, 'trust_boundaries').length,
    unresolvedBoundaries: 0,
    dataAssets: below(root, 'data_assets').length,
    threats:
      below(root, 'abuse_cases').length + tracked.length + categories.flatMap(one => below(one, 'risks_identified')).length,
    mitigations: isTracked('mitigated') + isTracked('in-progress'),
    acceptances: isTracked('accepted') + isTracked('false-positive'),
    requirements: below(root, 'security_requirements').length,
    diagrams: assets.length > 0 ? 1 : 0,
  }
}

/** How the file joins things, by the same lines. */
export function jointsIn(text: string): Readonly<Record<string, number>> {
  const root = outlineOf(text)
  const assets = below(root, 'technical_assets')
  const links = assets.flatMap(asset => below(asset, 'communication_links'))
  const boundaries = below(root, 'trust_boundaries')
  const lengths = (lines: readonly Line[], key: string) => lines.reduce((sum, line) => sum + below(line, key).length, 0)
  const is = (key: string, pattern: RegExp) => links.filter(link => pattern.test(wordOf(link, key) ?? '')).length
  return {
    ends: links.length * 2,
    inside: lengths(boundaries, 'technical_assets_inside'),
    nested: lengths(boundaries, 'trust_boundaries_nested'),
    stored: lengths(assets, 'data_assets_stored'),
    carried: links.reduce((sum, link) => sum + new Set(LINKED.flatMap(key => below(link, key).map(({ rest }) => rest))).size, 0),
    encrypted: is('protocol', /^(https|wss|ssh|ssh-tunnel|ftps|sftp|scp|ldaps|.*-encrypted)$/),
    unproven: is('authentication', /^none$/),
    outOfScope: assets.filter(asset => wordOf(asset, 'out_of_scope') === 'true').length,
    tagged: lengths(assets, 'tags'),
  }
}

/** Ids that stand inside things, by the part of the file they stand in. */
export function idsIn(text: string): ReadonlyMap<string, readonly string[]> {
  const root = outlineOf(text)
  const sections = ['technical_assets', 'data_assets', 'trust_boundaries']
  return new Map(sections.map(key => [key, below(root, key).flatMap(one => wordOf(one, 'id') ?? [])]))
}
