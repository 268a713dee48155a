import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { goSums } from '../core/dependencies/go-mod.ts'
import { type Ecosystem, fetched } from '../core/dependencies/lockfile.ts'
import { knownNames, type LookAlike, lookAlikeOf } from '../core/dependencies/look-alike.ts'
import { readLockfile } from '../core/dependencies/read-lockfile.ts'

type Project = { readonly file: string; readonly ecosystem: Ecosystem; readonly names: readonly string[] }

export type LookAlikeFigures = {
  readonly lockfiles: number
  readonly names: number
  /** Names of one project that no other has, summed over the projects. */
  readonly unseen: number
  readonly flagged: Readonly<Record<LookAlike['how'], number>>
  readonly pairs: readonly string[]
}

/** The lockfiles of others beside this folder; undefined where there are none. */
export function lockfilesBeside(root: string): string | undefined {
  const folder = path.resolve(root, '../shared/corpus/evidence/lockfiles')
  return existsSync(folder) ? folder : undefined
}

function projectsIn(folder: string): readonly Project[] {
  return readdirSync(folder).flatMap(kind =>
    readdirSync(path.join(folder, kind))
      .sort()
      .flatMap(file => {
        const text = readFileSync(path.join(folder, kind, file), 'utf8')
        const name = kind === 'yarn-lock' ? 'yarn.lock' : (file.split('__').at(-1) ?? file)
        if (name === 'go.sum') {
          const names = [...goSums(text).keys()].map(one => one.slice(0, one.lastIndexOf('@')))
          return [{ file, ecosystem: 'golang' as const, names: [...new Set(names)] }]
        }
        const read = readLockfile(name, text)
        if (!read.ok) return []
        return [{ file, ecosystem: read.value.ecosystem, names: [...new Set(fetched(read.value).map(one => one.name))] }]
      }),
  )
}

/** How often an honest name is taken for a look-alike: each project's names against those of all others. */
export function lookAlikeFigures(folder: string): LookAlikeFigures {
  const projects = projectsIn(folder)
  const flagged = { punctuation: 0, scope: 0, words: 0, letters: 0, foreign: 0 }
  const pairs: string[] = []
  let unseen = 0
  for (const one of projects) {
    const others = projects.filter(other => other !== one && other.ecosystem === one.ecosystem)
    const known = knownNames(others.flatMap(({ names }) => names))
    for (const name of one.names.filter(own => !known.names.has(own))) {
      unseen++
      const other = lookAlikeOf(name, known)
      if (!other) continue
      flagged[other.how]++
      pairs.push(`${name} like ${other.name} (${other.how})`)
    }
  }
  const names = new Set(projects.flatMap(({ ecosystem, names: own }) => own.map(name => `${ecosystem} ${name}`))).size
  return { lockfiles: projects.length, names, unseen, flagged, pairs }
}

export function lookAlikeText(folder: string, all: boolean): string {
  const { lockfiles, names, unseen, flagged, pairs } = lookAlikeFigures(folder)
  const percent = (count: number) => `${((100 * count) / Math.max(1, unseen)).toFixed(1)} %`
  const total = Object.values(flagged).reduce((sum, count) => sum + count, 0)
  const rows = Object.entries(flagged).map(([how, count]) => `  ${how.padEnd(12)} ${count} (${percent(count)})`)
  return `${[
    `${lockfiles} lockfiles, ${names} names; leaving one project out, ${unseen} names are unseen.`,
    `Flagged: ${total} (${percent(total)})`,
    ...rows,
    ...(all ? pairs.map(pair => `    ${pair}`) : []),
  ].join('\n')}\n`
}
