import path from 'node:path'
import { fileText } from '../../core/model/canonical.ts'
import { explainErrors } from '../../core/model/explain.ts'
import type { Packs, WordList } from '../../core/model/types.ts'
import { ok, type Result } from '../../core/support/result.ts'
import { type ExplainPack, readTeamPacks, type TeamPacks } from '../../core/threats/team-packs.ts'
import { controlPack, rulePack, wordList } from '../../schemas/generated/validate-packs.js'
import { type Disk, nodeDisk } from './disk.ts'
import { readText } from './read-files.ts'
import { writeFiles } from './write-files.ts'

/** More than any team writes by hand; an imported template is 200 kB. */
const LIMIT = 4 * 1024 * 1024

/** The team's own packs in the folder `packs` of a design; nothing there is nothing wrong. */
export function teamPacksIn(dir: string, builtin: Pick<Packs, 'rules' | 'controls' | 'words'>, disk: Disk = nodeDisk): TeamPacks {
  const folder = path.join(dir, 'packs')
  const texts = new Map<string, string>()
  const problems: TeamPacks['problems'][number][] = []
  for (const { name, kind } of filesIn(folder, disk)) {
    if (!name.endsWith('.json') || name.startsWith('.') || kind === 'folder') continue
    const file = `packs/${name}`
    if (kind === 'link') {
      problems.push({
        code: 'folder.link',
        severity: 'error',
        at: file,
        message: 'This is a symbolic link; a design holds only plain files and folders.',
        cure: 'Replace the link by what it names.',
      })
      continue
    }
    const text = readText(path.join(folder, name), disk, LIMIT)
    if (text.ok) texts.set(file, text.value)
    else problems.push(...text.problems.map(problem => ({ ...problem, at: file })))
  }
  const read = teamPacksFrom(texts, builtin)
  return { ...read, problems: [...problems, ...read.problems] }
}

/** The same from texts by path, as `packs/own.json`. */
export function teamPacksFrom(
  texts: ReadonlyMap<string, string>,
  builtin: Pick<Packs, 'rules' | 'controls' | 'words'>,
): TeamPacks {
  return readTeamPacks(texts, { builtin, explain })
}

/** The packs given and those of the team, as one; what the team names may be known without being used, as controls are at start. */
export function withTeamPacks(
  dir: string,
  builtin: Packs,
  controls: Packs['controls'] = builtin.controls,
): Packs & { readonly problems: TeamPacks['problems'] } {
  const team = teamPacksIn(dir, { ...builtin, controls })
  return {
    ...builtin,
    rules: [...builtin.rules, ...team.rules],
    controls: [...builtin.controls, ...team.controls],
    // The same list for as long as nobody adds to it, so that what was derived from it is not derived anew.
    words: team.words.length === 0 ? builtin.words : [...builtin.words, ...team.words],
    problems: team.problems,
  }
}

const explain: ExplainPack = (kind, pack) => {
  const validate = { rulePack, controlPack, wordList }[kind]
  return validate(pack) ? undefined : explainErrors(validate.errors ?? [])
}

function filesIn(folder: string, disk: Disk): ReturnType<Disk['list']> {
  try {
    return disk.list(folder)
  } catch {
    return [] // no such folder: most designs have none
  }
}

/** Puts a pack into the folder `packs` of a design, or says why nothing of it could be used; a pack of the same id is replaced. */
export async function writeTeamPack(
  dir: string,
  {
    name,
    pack,
    builtin,
  }: { readonly name: string; readonly pack: unknown; readonly builtin: Pick<Packs, 'rules' | 'controls' | 'words'> },
): Promise<Result<{ readonly at: string; readonly entries: string; readonly problems: TeamPacks['problems'] }>> {
  const id = String((pack as { readonly id?: unknown } | null)?.id)
  const team = teamPacksIn(dir, builtin)
  const known = {
    rules: [...builtin.rules, ...team.rules.filter(other => other.id !== id)],
    controls: [...builtin.controls, ...team.controls.filter(other => other.id !== id)],
    words: [...builtin.words, ...team.words.filter(other => other.id !== id)],
  }
  const text = fileText(pack)
  const read = readTeamPacks(new Map([[name, text]]), { builtin: known, explain })
  const [first, ...rest] = read.problems
  const usable = read.rules[0]?.rules.length ?? read.controls[0]?.controls.length ?? wordCount(read.words[0])
  if (usable === undefined && first) return { ok: false, problems: [first, ...rest] }
  const at = `packs/${id}.json`
  const written = await writeFiles(dir, new Map([[at, text]]), { disk: nodeDisk })
  if (!written.ok) return written
  return ok({
    at,
    entries: `${usable} ${read.rules.length > 0 ? 'rule' : read.controls.length > 0 ? 'control' : 'word'}${usable === 1 ? '' : 's'}`,
    problems: read.problems,
  })
}

function wordCount(list: WordList | undefined): number | undefined {
  return list && Object.values(list.lists).reduce((total, words) => total + Object.keys(words).length, 0)
}
