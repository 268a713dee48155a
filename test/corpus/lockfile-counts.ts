/**
 * Packages in lockfiles, counted a second way for each kind and sharing no code with the readers: distinct name and version
 * of what is fetched, the project's own left out.
 */
export const counts: Readonly<Record<string, (text: string) => number>> = {
  'cargo-lock': text => blocks(text, '[[package]]').filter(block => /^source = /m.test(block)).length,
  'go-sum': text =>
    new Set([...text.matchAll(/^(\S+ \S+) h1:/gm)].map(([, id = '']) => id).filter(id => !id.endsWith('/go.mod'))).size,
  'package-lock': text => {
    const lock = JSON.parse(text) as { packages?: Record<string, Entry>; dependencies?: Record<string, Entry> }
    const links = new Set(Object.values(lock.packages ?? {}).flatMap(({ link, resolved }) => (link ? [resolved] : [])))
    const modern = Object.entries(lock.packages ?? {})
      .filter(([key, entry]) => key.includes('node_modules') && !entry.link && !links.has(key))
      .map(([key, entry]) => `${entry.name ?? key.replace(/^.*node_modules\//, '')}@${entry.version}`)
    return new Set([...modern, ...(lock.packages ? [] : nested(lock.dependencies))]).size
  },
  'pnpm-lock': text => {
    const section = text
      .slice(text.search(/^packages:$/m))
      .split('\n')
      .slice(1)
    const end = section.findIndex(line => /^\S/.test(line))
    return section.slice(0, end < 0 ? undefined : end).filter(line => /^ {2}\S.*:$/.test(line)).length
  },
  'poetry-lock': text => blocks(text, '[[package]]').length,
  'uv-lock': text => blocks(text, '[[package]]').filter(block => !/^source = \{ (?:virtual|editable) = /m.test(block)).length,
  'yarn-lock': text => {
    if (text.includes('__metadata:')) {
      // A patched package has an entry of its own beside the plain one: one name and one version.
      const found = [...text.matchAll(/^ {2}version: (.*)\n {2}resolution: "(@?[^@]+)@(?!workspace:)/gm)]
      return new Set(found.map(([, version, name]) => `${name} ${version}`)).size
    }
    const entries = text.split(/\n(?=\S)/).filter(entry => /^(?!#).*:\n {2}version "/.test(entry))
    return new Set(entries.map(entry => `${yarnName(entry)} ${/version "(.*)"/.exec(entry)?.[1]}`)).size
  },
  'bun-lock': text => {
    const section = text.slice(text.indexOf('"packages": {'))
    return new Set(
      [...section.matchAll(/^ {4}"[^"]+": \["([^"]+)"/gm)].map(([, id = '']) => id).filter(id => !id.includes('@workspace:')),
    ).size
  },
}

type Entry = { name?: string; version?: string; link?: boolean; resolved?: string; dependencies?: Record<string, Entry> }

function nested(table: Record<string, Entry> = {}): readonly string[] {
  return Object.entries(table).flatMap(([name, entry]) => [`${name}@${entry.version}`, ...nested(entry.dependencies)])
}

function blocks(text: string, mark: string): readonly string[] {
  return text.split(mark).slice(1)
}

/** `"a@npm:b@^1"` is b, `"@s/a@^1"` is @s/a. */
function yarnName(entry: string): string {
  const first = entry.split(/[,:]\s*\n|, /)[0] ?? ''
  const pattern = first.replace(/^"|"$/g, '')
  const real = /@npm:(@?[a-z][^@]*)@/i.exec(pattern)?.[1]
  return real ?? pattern.slice(0, pattern.indexOf('@', 1))
}
