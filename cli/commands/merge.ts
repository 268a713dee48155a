import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { shown } from '../../core/evidence/show.ts'
import { canonicalJson } from '../../core/model/canonical.ts'
import { JSON_LIMITS } from '../../core/model/json.ts'
import type { MergeConflict } from '../../core/model/merge-three.ts'
import { all, type Result, refuse } from '../../core/support/result.ts'
import { diskProblem, nodeDisk } from '../../host/node/disk.ts'
import { git } from '../../host/node/git-run.ts'
import { readText } from '../../host/node/read-files.ts'
import { answer, type Command, type Outcome, type World } from '../frame.ts'
import { mergeFile } from '../merge-file.ts'

/** As git calls a merge driver: what becomes of the three goes into OURS, and a code other than 0 leaves the path unmerged. */
export const merge: Command = {
  takes: ['BASE', 'OURS', 'THEIRS'],
  options: {
    path: { value: 'PATH', help: 'Where the file stands in the repository, as %P of git; default: the place of OURS.' },
  },
  async run({ args, options, world }) {
    const places = args.map(arg => path.resolve(world.cwd, arg))
    const ours = places[1] as string
    const name = (options.text('path') ?? path.relative(world.cwd, ours)).replaceAll('\\', '/')
    const read = all(places.map(place => readText(place, nodeDisk, JSON_LIMITS.length)))
    if (!read.ok && read.problems.some(({ code }) => code.startsWith('disk.'))) return read
    const [base = '', mine = '', theirs = ''] = read.ok ? read.value : []
    const merged = read.ok ? mergeFile(name, { base, ours: mine, theirs }) : undefined
    if (!merged) return mergeLines(world, places, name)
    const { text, conflicts } = merged
    try {
      if (text !== mine) await writeFile(ours, text)
    } catch (error) {
      return { ok: false, problems: [diskProblem(error, ours, 'write')] }
    }
    for (const conflict of conflicts.slice(0, SAID)) world.say(`${name}: ${sentence(conflict)}`)
    if (conflicts.length > SAID) world.say(`${name}: and ${conflicts.length - SAID} more`)
    return answer({ path: name, by: 'field', conflicts }, '', conflicts.length > 0 ? 1 : 0)
  },
}

/** So many conflicts of one file are named; all of them stand in it. */
const SAID = 20

/** What is no file of a design is merged as git merges texts, so that the driver may stand for every JSON file of the folder. */
async function mergeLines(world: World, places: readonly string[], name: string): Promise<Result<Outcome>> {
  const [base = '', ours = '', theirs = ''] = places
  const labels = ['ours', 'base', 'theirs'].flatMap(label => ['-L', label])
  const ran = await git(world.cwd, ['merge-file', '-q', ...labels, '--', ours, base, theirs])
  // beyond 127 git says that it could not, not how many conflicts there are
  if (ran && ran.code <= 127) return answer({ path: name, by: 'line', conflicts: [] }, '', ran.code === 0 ? 0 : 1)
  return refuse({
    code: 'merge.unreadable',
    at: name,
    message: 'Neither a file of a design nor a text that git can merge; ours was left as it is.',
    cure: 'Choose one of the two: git checkout --ours or --theirs, then git add.',
  })
}

function sentence({ id, field, base, ours, theirs }: MergeConflict): string {
  if (field !== null) {
    const was = base === null ? '' : `, was ${worded(base)}`
    return `both sides changed ${shown(field)} of ${id}: ours ${worded(ours)}, theirs ${worded(theirs)}${was}.`
  }
  if (ours === null || theirs === null)
    return `${id} was taken away by ${ours === null ? 'ours' : 'theirs'} and changed by ${ours === null ? 'theirs' : 'ours'}.`
  const other = (theirs as { readonly id?: unknown }).id
  return other === id
    ? `what both sides changed of ${id} does not hold together.`
    : `${id} and ${shown(String(other))} are two things, of which git took one for the other.`
}

function worded(value: unknown): string {
  return value === null ? 'nothing' : shown(canonicalJson(value), 60)
}
