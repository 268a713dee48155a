import { parseJson } from '../model/json.ts'
import type { Control, ControlPack, Packs, Rule, RulePack, WordList } from '../model/types.ts'
import { LIST_NAMES } from '../requirements/list-names.ts'
import { byText } from '../support/order.ts'
import type { Problem } from '../support/result.ts'
import { fixtureProblems } from './fixtures.ts'
import { faultsOf } from './rule-faults.ts'

/** Says where and why a pack breaks its schema; undefined when it fits. */
export type ExplainPack = (
  kind: 'rulePack' | 'controlPack' | 'wordList',
  pack: unknown,
) => { readonly at: string; readonly message: string } | undefined

/** The packs a team keeps in its design folder, as far as they can be used, and what is wrong with the rest. */
export type TeamPacks = Pick<Packs, 'rules' | 'controls' | 'words'> & { readonly problems: readonly Problem[] }

/**
 * Reads the team's own packs, `packs/*.json` by path. What is broken is left out with its file, place and cure: one rule, or the
 * pack when its head is broken. Neither the other rules nor the built-in packs suffer from it.
 */
export function readTeamPacks(
  texts: ReadonlyMap<string, string>,
  { builtin, explain }: { readonly builtin: Pick<Packs, 'rules' | 'controls' | 'words'>; readonly explain: ExplainPack },
): TeamPacks {
  const rules: RulePack[] = []
  const controls: ControlPack[] = []
  const words: WordList[] = []
  const problems: Problem[] = []
  const files = new Map<string, string>()
  for (const file of [...texts.keys()].sort(byText)) {
    const reading: Reading = { file, explain, problems }
    const pack = headOf(reading, texts.get(file) ?? '')
    if (!pack) continue
    if (!files.has(pack.id)) files.set(pack.id, file)
    const taken = [...builtin.rules, ...builtin.controls, ...builtin.words, ...rules, ...controls, ...words].find(
      other => other.id === pack.id,
    )
    if (taken) problems.push(takenId(file, pack.id))
    else if (pack.kind === 'wordList') {
      const list = wordsOf(reading, pack)
      if (list) words.push(list)
    } else if (pack.kind === 'rulePack') {
      const known = new Set([...builtin.rules, ...rules].flatMap(other => other.rules.map(rule => rule.id)))
      const usable = rulesOf(reading, pack, known)
      if (usable.length > 0) rules.push({ ...(pack.value as RulePack), rules: usable as RulePack['rules'] })
    } else {
      const known = new Set([...builtin.controls, ...controls].flatMap(other => other.controls.map(control => control.id)))
      const usable = controlsOf(reading, pack, known)
      if (usable.length > 0) controls.push({ ...(pack.value as ControlPack), controls: usable as ControlPack['controls'] })
    }
  }
  const known = new Set([...builtin.controls, ...controls].flatMap(pack => pack.controls.map(control => control.id)))
  return {
    rules,
    controls,
    words,
    problems: [...problems, ...rules.flatMap(pack => withoutControl(pack, files.get(pack.id) ?? '', known))],
  }
}

/** A rule may name a control that comes later; until then nothing answers its findings. */
function withoutControl(pack: RulePack, file: string, known: ReadonlySet<string>): readonly Problem[] {
  return pack.rules.flatMap(rule =>
    rule.controls
      .filter(control => !known.has(control))
      .map(control => ({
        code: 'pack.control',
        severity: 'warning' as const,
        at: file,
        message: `Rule ${rule.id} is answered by the control ${control}, which no pack has.`,
        cure: 'Correct the name, or add a control pack that has it.',
      })),
  )
}

type Reading = { readonly file: string; readonly explain: ExplainPack; readonly problems: Problem[] }
type Head = {
  readonly kind: 'rulePack' | 'controlPack' | 'wordList'
  readonly id: string
  readonly value: object
  readonly entries: readonly unknown[]
}

function headOf({ file, explain, problems }: Reading, text: string): Head | undefined {
  const parsed = parseJson(file, text)
  if (!parsed.ok) {
    problems.push(...parsed.problems)
    return undefined
  }
  const value = parsed.value as {
    readonly id?: unknown
    readonly rules?: unknown
    readonly controls?: unknown
    readonly lists?: unknown
  } | null
  const key = value && Array.isArray(value.rules) ? 'rules' : value && Array.isArray(value.controls) ? 'controls' : undefined
  if (value && !key && typeof value.lists === 'object' && value.lists !== null)
    return wordHead({ file, explain, problems }, value)
  if (!value || !key) {
    problems.push({
      code: 'pack.kind',
      severity: 'error',
      at: file,
      message: 'This holds neither rules nor controls nor lists of words, so nothing of it is used.',
      cure: 'Write it as a rule pack, a control pack or a word list, or move it out of packs/.',
    })
    return undefined
  }
  const kind = key === 'rules' ? 'rulePack' : 'controlPack'
  const entries = value[key] as readonly unknown[]
  if (entries.length === 0) {
    problems.push({
      code: 'pack.empty',
      severity: 'error',
      at: `${file}:/${key}`,
      message: `The list of ${key} is empty, so the pack says nothing.`,
      cure: 'Write at least one, or take the file away.',
    })
    return undefined
  }
  // The head alone, with nothing in its list: what is wrong with an entry must not take the others along.
  const why = explain(kind, { ...value, [key]: [] })
  if (why && why.at !== `/${key}`) {
    problems.push({
      code: 'pack.invalid',
      severity: 'error',
      at: `${file}:${why.at}`,
      message: `${why.message} Nothing of this pack is used.`,
      cure: 'Correct the file, or restore it from version control.',
    })
    return undefined
  }
  return { kind, id: String(value.id), value, entries }
}

/** A word list fits as a whole or not at all: there is nothing in it that could go wrong by itself. */
function wordHead(
  { file, explain, problems }: Reading,
  value: { readonly id?: unknown; readonly lists?: unknown },
): Head | undefined {
  const why = explain('wordList', value)
  if (!why) return { kind: 'wordList', id: String(value.id), value, entries: [] }
  problems.push({
    code: 'pack.invalid',
    severity: 'error',
    at: `${file}:${why.at}`,
    message: `${why.message} Nothing of this list is used.`,
    cure: 'Correct the file, or restore it from version control.',
  })
  return undefined
}

/** Lists that no lint rule reads are left out by name; the others are used. */
function wordsOf({ file, problems }: Reading, { value }: Head): WordList | undefined {
  const list = value as WordList
  const known = Object.entries(list.lists).filter(([name]) => LIST_NAMES.has(name))
  for (const name of Object.keys(list.lists).filter(name => !LIST_NAMES.has(name)))
    problems.push({
      code: 'pack.entry',
      severity: 'error',
      at: `${file}:/lists/${name}`,
      message: `No rule of the requirement lint reads a list called ${name}. It is not used; the rest of the pack is.`,
      cure: `Use one of ${[...LIST_NAMES].join(', ')}.`,
    })
  return known.length === 0 && (list.marks ?? []).length === 0 ? undefined : { ...list, lists: Object.fromEntries(known) }
}

function rulesOf(reading: Reading, pack: Head, known: Set<string>): readonly Rule[] {
  return pack.entries.flatMap((entry, i): Rule[] => {
    if (!fits(reading, pack, { entry, at: `/rules/${i}`, wrap: rules => ({ ...pack.value, rules }) })) return []
    const rule = entry as Rule
    const faults = [...(known.has(rule.id) ? ['There is another rule of this id.'] : []), ...faultsOf(rule)]
    known.add(rule.id)
    for (const fault of faults) reading.problems.push(broken(reading.file, `/rules/${i}`, `Rule ${rule.id}: ${fault}`))
    if (faults.length > 0) return []
    const untried = rule.fixtures === undefined ? [] : fixtureProblems({ ...(pack.value as RulePack), rules: [rule] })
    for (const problem of untried)
      reading.problems.push({ ...problem, severity: 'warning', at: `${reading.file}:/rules/${i}/fixtures` })
    return [rule]
  })
}

function controlsOf(reading: Reading, pack: Head, known: Set<string>): readonly Control[] {
  return pack.entries.flatMap((entry, i): Control[] => {
    if (!fits(reading, pack, { entry, at: `/controls/${i}`, wrap: controls => ({ ...pack.value, controls }) })) return []
    const control = entry as Control
    const isTaken = known.has(control.id)
    known.add(control.id)
    if (!isTaken) return [control]
    const fault = `Control ${control.id}: there is another control of this id.`
    reading.problems.push(broken(reading.file, `/controls/${i}`, fault))
    return []
  })
}

function fits(
  { file, explain, problems }: Reading,
  { kind }: Head,
  { entry, at, wrap }: { readonly entry: unknown; readonly at: string; readonly wrap: (entries: readonly unknown[]) => unknown },
): boolean {
  const why = explain(kind, wrap([entry]))
  if (!why) return true
  const id = (entry as { readonly id?: unknown } | null)?.id
  const name = typeof id === 'string' ? `${kind === 'rulePack' ? 'Rule' : 'Control'} ${id}: ` : ''
  problems.push(broken(file, why.at.replace(/^\/(?:rules|controls)\/0/, at), name + why.message))
  return false
}

function broken(file: string, place: string, message: string): Problem {
  return {
    code: 'pack.entry',
    severity: 'error',
    at: `${file}:${place}`,
    message: `${message} It is not used; the rest of the pack is.`,
    cure: 'Correct this entry of the pack.',
  }
}

function takenId(file: string, id: string): Problem {
  return {
    code: 'pack.taken',
    severity: 'error',
    at: file,
    message: `There is another pack called ${id}, so this one is not used.`,
    cure: 'Give the pack an id of its own.',
  }
}
