/**
 * A second count of what reports on known vulnerabilities hold, by words in the text or a blind walk over the JSON, sharing
 * nothing with the readers. `counts` is by kind of facts; `folders` names those of the corpus that the counts are for.
 */
export const folders: readonly string[] = ['osv', 'npm-audit', 'grype', 'trivy']

export const counts: Readonly<Record<string, (text: string) => number>> = { vulnerabilities, scan }

/** Results of Trivy that are about settings or secrets. */
function scan(text: string): number {
  return times(text, /"Resolution"\s*:/g) + times(text, /"RuleID"\s*:/g)
}

function vulnerabilities(text: string): number {
  if (/"VulnerabilityID"\s*:/.test(text) || /"SchemaVersion"\s*:/.test(text)) return times(text, /"VulnerabilityID"\s*:/g)
  if (/"matches"\s*:/.test(text)) return times(text, /"artifact"\s*:\s*\{/g)
  if (/"auditReportVersion"\s*:/.test(text)) return newNpm(text)
  if (/"advisories"\s*:/.test(text)) return entriesOf(text, 'findings')
  return groups(text)
}

function times(text: string, word: RegExp): number {
  return text.match(word)?.length ?? 0
}

/** Numbers of advisories, each once, and names in `via` lists that no package of the report has. */
function newNpm(text: string): number {
  const sources = new Set(text.match(/"source"\s*:\s*\d+/g))
  const listed = new Set([...text.matchAll(/"name"\s*:\s*"([^"]+)",\s*"severity"/g)].map(match => match[1]))
  const via = [...text.matchAll(/"via"\s*:\s*\[([^[\]]*(?:\[[^[\]]*\][^[\]]*)*)\]/g)].map(match => match[1] ?? '')
  const names = via.flatMap(list => [...list.replace(/\{[\s\S]*\}/g, '').matchAll(/"([^"]+)"/g)].map(match => match[1]))
  return sources.size + new Set(names.filter(name => !listed.has(name))).size
}

/** Entries of all lists with this name, wherever they stand. */
function entriesOf(text: string, name: string): number {
  let count = 0
  JSON.parse(text, (key, value: unknown) => {
    if (key === name && Array.isArray(value)) count += value.length
    return value
  })
  return count
}

/** Groups of OSV-Scanner; the corpus has no record outside of one. */
function groups(text: string): number {
  return entriesOf(text, 'groups')
}
