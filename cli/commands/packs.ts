import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { readTb7 } from '../../core/interop/tb7/read.ts'
import { looksLikeTb7 } from '../../core/interop/tb7/sniff.ts'
import { applyChanges, type Change } from '../../core/model/change.ts'
import { JSON_LIMITS, parseJson, tooLarge } from '../../core/model/json.ts'
import { ok, type Problem, type Result, refuse } from '../../core/support/result.ts'
import { activePacks } from '../../core/threats/active.ts'
import { deriveFindings } from '../../core/threats/engine.ts'
import { writeChanges } from '../../host/node/store.ts'
import { writeTeamPack } from '../../host/node/team-packs.ts'
import { type Opened, openDesign } from '../design.ts'
import { openForEditing, tellTeam } from '../design-write.ts'
import { answer, type Command, type Outcome, type World } from '../frame.ts'
import { allPacks } from '../packs.ts'
import { count, table } from '../table.ts'

export const packs: Command = {
  takes: [],
  options: {
    add: { value: 'FILE', help: 'Put a rule or control pack, a word list, or a .tb7 template, into the design.' },
    use: { value: 'IDS', help: 'Use these rule packs only, as a,b,c; "default" goes back to all but the optional ones.' },
  },
  async run({ options, world }) {
    const [add, use] = [options.text('add'), options.text('use')]
    if (add !== undefined) return addPack(world, path.resolve(world.cwd, add))
    if (use !== undefined) return choosePacks(world, use)
    const opened = await openDesign(world)
    return opened.ok ? list(opened.value) : opened
  },
}

async function list(opened: Opened): Promise<Result<Outcome>> {
  const all = await allPacks(opened)
  const used = new Set(activePacks(opened.design, all.rules))
  const { findings, problems } = deriveFindings(opened.design, all.rules)
  const found = new Map<string, number>()
  for (const { pack, applicability } of findings) if (applicability !== 'gone') found.set(pack, (found.get(pack) ?? 0) + 1)
  const rules = all.rules.map(pack => ({
    id: pack.id,
    version: pack.version,
    title: pack.title,
    rules: pack.rules.length,
    used: used.has(pack),
    findings: found.get(pack.id) ?? 0,
  }))
  const controls = all.controls.map(pack => ({
    id: pack.id,
    version: pack.version,
    title: pack.title,
    controls: pack.controls.length,
  }))
  // A list without words only tells its language from the others.
  const words = all.words
    .map(({ id, language, lists }) => ({ id, language, words: sum(Object.values(lists).map(list => Object.keys(list).length)) }))
    .filter(list => list.words > 0)
  const wrong = [...all.problems, ...problems]
  const text = [
    table(
      ['rule pack', 'rules', 'used', 'findings', 'what'],
      rules.map(row => [row.id, String(row.rules), row.used ? 'yes' : 'no', String(row.findings), row.title]),
    ),
    '',
    table(
      ['control pack', 'controls', 'what'],
      controls.map(row => [row.id, String(row.controls), row.title]),
    ),
    '',
    table(
      ['word list', 'words', 'language'],
      words.map(row => [row.id, String(row.words), row.language]),
    ),
    '',
    `${sum(rules.map(row => row.rules))} rules in ${count(rules.length, 'pack')}, ${sum(controls.map(row => row.controls))} controls in ${count(controls.length, 'pack')}`,
    ...wrong.map(saidOf),
  ]
  return answer(
    { rules, controls, words, problems: wrong },
    text.join('\n'),
    wrong.some(({ severity }) => severity === 'error') ? 1 : 0,
  )
}

async function addPack(world: World, file: string): Promise<Result<Outcome>> {
  const opened = await openForEditing(world)
  if (!opened.ok) return opened
  const read = await readPack(file)
  if (!read.ok) return read
  const { pack, losses } = read.value
  const { builtinPacks } = await import('../../packs/builtin.ts')
  const written = await writeTeamPack(opened.value.folder, { name: path.basename(file), pack, builtin: builtinPacks })
  if (!written.ok) return written
  const { at, entries, problems } = written.value
  const lines = [
    `${at}: ${entries}`,
    losses.length > 0 ? `Not kept as it was (${losses.length}):` : 'Nothing was lost.',
    ...losses.map(loss => `  ${loss.at}: ${loss.what} (${loss.why})`),
    ...problems.map(saidOf),
  ]
  return answer({ file: at, losses, problems }, lines.join('\n'))
}

type ReadPack = {
  readonly pack: unknown
  readonly losses: readonly { readonly at: string; readonly what: string; readonly why: string }[]
}

async function readPack(file: string): Promise<Result<ReadPack>> {
  const stats = await stat(file).catch(() => undefined)
  if (!stats?.isFile())
    return refuse({ code: 'file.missing', at: file, message: 'There is no such file.', cure: 'Check the name.' })
  if (stats.size > JSON_LIMITS.length) return tooLarge(file, stats.size, JSON_LIMITS.length)
  const text = await readFile(file, 'utf8')
  const name = path.basename(file)
  if (looksLikeTb7(text)) return readTb7(name, text)
  const parsed = parseJson(name, text)
  return parsed.ok ? ok({ pack: parsed.value, losses: [] }) : parsed
}

async function choosePacks(world: World, names: string): Promise<Result<Outcome>> {
  const opened = await openForEditing(world)
  if (!opened.ok) return opened
  const { design, folder } = opened.value
  const { rules } = await allPacks(opened.value)
  const ids = names === 'default' ? undefined : names.split(',').map(name => name.trim())
  const unknown = ids?.find(id => !rules.some(pack => pack.id === id))
  if (unknown !== undefined)
    return refuse({
      code: 'packs.unknown',
      at: unknown,
      message: 'There is no rule pack of this name.',
      cure: `There are ${rules.map(({ id }) => id).join(', ')}.`,
    })
  const before = Object.keys(design.settings.design?.packs ?? {})
  const fields = Object.fromEntries([
    ...before.map(id => [`packs/${id}`, undefined] as const),
    ...(ids ?? []).map(id => [`packs/${id}`, true] as const),
  ])
  const change: Change = { kind: 'patch', table: 'settings', id: 'design', fields }
  const written = await writeChanges(folder, design, applyChanges(design, [change]))
  if (written.ok) await tellTeam(world, folder)
  return written.ok
    ? answer({ packs: ids ?? null }, ids ? `Used: ${ids.join(', ')}` : 'Used: all but the optional packs')
    : written
}

function saidOf({ at, message, cure }: Problem): string {
  return `${at === undefined ? '' : `${at}: `}${message}${cure === undefined ? '' : ` ${cure}`}`
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0)
}
