import { deriveCoverage } from '../../core/frameworks/derive.ts'
import { unknownEntry } from '../../core/frameworks/edits.ts'
import { exclusionProblems } from '../../core/frameworks/exclusions.ts'
import { type Coverage, type FrameworkCoverage, type FrameworkRow, LAYERS, ROW_STATES } from '../../core/frameworks/types.ts'
import { LAYER_WORDS, NOT_CERTIFICATION, restWords, STATE_WORDS } from '../../core/frameworks/words.ts'
import { readLedger } from '../../core/model/ledger.ts'
import { ok, type Problem, type Result, refuse } from '../../core/support/result.ts'
import { readLedgerFolder } from '../../host/node/ledger.ts'
import { builtinFrameworks } from '../../packs/frameworks.ts'
import { openDesign } from '../design.ts'
import { decideEntries, decisionOf } from '../exclude.ts'
import { answer, type Command, type Outcome, type World } from '../frame.ts'
import { allPacks } from '../packs.ts'
import { table } from '../table.ts'

export const frameworks: Command = {
  takes: ['[FRAMEWORK]', '[ENTRY ...]'],
  options: {
    'not-applicable': { value: 'REASON', help: 'Decide that these entries do not apply to the design, and why.' },
    until: { value: 'DATE', help: 'The day from which that counts no more, as 2027-01-31.' },
    confirm: { help: 'Stand behind such a decision that an AI proposed.' },
    withdraw: { help: 'Take such a decision back.' },
  },
  async run({ args, options, world }) {
    const [framework, ...entries] = args
    const decision = decisionOf(options, args)
    if (!decision.ok) return decision
    if (decision.value !== undefined && framework !== undefined)
      return decideEntries(world, { framework, entries, decision: decision.value })
    return shown(world, framework, entries)
  },
}

async function shown(world: World, id: string | undefined, entries: readonly string[]): Promise<Result<Outcome>> {
  const listed = id === undefined ? builtinFrameworks : builtinFrameworks.filter(pack => pack.id === id)
  if (listed.length === 0)
    return refuse({
      code: 'frameworks.unknown',
      message: `There is no framework "${id}".`,
      cure: `Name one of: ${builtinFrameworks.map(pack => pack.id).join(', ')}`,
    })
  for (const entry of entries) {
    const refusal = unknownEntry(listed, { framework: id ?? '', entry })
    if (refusal) return refusal
  }
  const opened = await openDesign(world)
  if (!opened.ok) return opened
  const { design, folder } = opened.value
  // A bundle has no ledger, so nothing of it is proven.
  const ledger = folder === undefined ? ok(readLedger([])) : await readLedgerFolder(folder)
  if (!ledger.ok) return ledger
  if (!ledger.value.ok) world.say('The ledger is broken, so nothing counts as proven. See: skeptic ledger verify')
  const packs = await allPacks(opened.value)
  const coverage = deriveCoverage(design, { packs, frameworks: listed, ledger: ledger.value, at: world.at })
  const problems = exclusionProblems(design, builtinFrameworks)
  const [only] = coverage.frameworks
  const text = id !== undefined && only ? oneText(only, entries) : allText(coverage)
  const notes = [...problems.map(problemLine), ...NOT_CERTIFICATION]
  return answer({ ...coverage, problems, notes: NOT_CERTIFICATION }, `${text}\n\n${notes.join('\n')}`)
}

function problemLine({ at = '', message, cure = '' }: Problem): string {
  return `${at}: ${message} ${cure}`
}

function allText({ frameworks: covered, layers }: Coverage): string {
  const heads = ['framework', 'version', ...ROW_STATES.map(state => STATE_WORDS[state])]
  return LAYERS.map(layer => {
    const rows = covered
      .filter(one => one.layer === layer)
      .map(one => [one.id, one.source.version, ...ROW_STATES.map(state => String(one.totals[state]))])
    const all = ['all', '', ...ROW_STATES.map(state => String(layers[layer][state]))]
    return `${LAYER_WORDS[layer]}\n${table(heads, [...rows, all])}`
  }).join('\n\n')
}

/** All rows of a framework, or those that are asked for. */
function oneText({ source, selection, rows, totals }: FrameworkCoverage, entries: readonly string[]): string {
  const counts = ROW_STATES.map(state => `${STATE_WORDS[state]} ${totals[state]}`).join(', ')
  const asked = entries.length === 0 ? rows : rows.filter(row => entries.includes(row.id))
  return [
    `${source.name} ${source.version}, ${source.publisher}, ${source.date}`,
    source.url,
    selection,
    '',
    table(['entry', 'is', 'what it asks', 'rests on'], asked.map(lineOf)),
    '',
    counts,
  ].join('\n')
}

function lineOf(row: FrameworkRow): readonly string[] {
  return [row.id, STATE_WORDS[row.state], row.title, restWords(row).join('; ')]
}
