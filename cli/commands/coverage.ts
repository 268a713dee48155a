import { strideCoverage } from '../../core/mitigations/coverage.ts'
import type { CoverageCell, CoverageState } from '../../core/mitigations/coverage-cell.ts'
import { type TraceRow, traceOf } from '../../core/mitigations/trace.ts'
import { labelOf } from '../../core/model/lookup.ts'
import type { Design } from '../../core/model/types.ts'
import { deriveFindings } from '../../core/threats/engine.ts'
import { openDesign } from '../design.ts'
import { answer, type Command } from '../frame.ts'
import { allPacks } from '../packs.ts'
import { count, table } from '../table.ts'

export const coverage: Command = {
  takes: [],
  options: { trace: { help: 'Requirement, threat, mitigation and check in rows, with what is missing in each.' } },
  async run({ options, world }) {
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const { design } = opened.value
    const packs = await allPacks(opened.value)
    if (options.on('trace')) {
      const rows = traceOf(design, packs, world.at)
      const { findings } = deriveFindings(design, packs.rules)
      const titles = new Map(findings.map(({ id, title }) => [id, title]))
      const gaps = rows.reduce((sum, row) => sum + row.gaps.length, 0)
      const text = [
        table(
          ['what', 'says', 'checks', 'missing'],
          rows.map(row => traceLine(design, row, titles)),
        ),
        '',
        `${count(rows.length, 'row')}, ${count(gaps, 'gap')}`,
      ]
      return answer({ rows, gaps }, text.join('\n'))
    }
    const covered = strideCoverage(design, packs, world.at)
    const { categories, privacy, rows, totals, unplaced, outOfScope } = covered
    const heads = ['id', 'name', ...categories.map(shortOf), ...privacy]
    const lines = rows.map(row => [
      row.id,
      labelOf(design, row.id),
      ...categories.map(category => wordOf(row.cells[category])),
      ...privacy.map(category => (row.privacy[category] ? wordOf(row.privacy[category]) : '-')),
    ])
    const text = [
      table(heads, lines),
      '',
      (Object.keys(totals) as CoverageState[]).map(state => `${WORDS[state]} ${totals[state]}`).join(', '),
      ...(unplaced.length > 0 ? [`Threats that name nothing drawn: ${unplaced.join(', ')}`] : []),
      ...outOfScope.map(({ id, reason }) => `Out of scope: ${id} ${labelOf(design, id)}: ${reason}`),
    ]
    return answer(covered, text.join('\n'))
  },
}

const WORDS: { readonly [state in CoverageState]: string } = {
  noRule: 'no rule',
  nothingFound: 'nothing',
  suppressed: 'suppressed',
  notApplicable: 'n/a',
  mitigated: 'mitigated',
  accepted: 'accepted',
  later: 'later',
  undecided: 'UNDECIDED',
  open: 'OPEN',
}

function wordOf(cell: CoverageCell): string {
  return WORDS[cell.state]
}

function shortOf(category: string): string {
  return category.replace(/([A-Z])/g, ' $1').toLowerCase()
}

function traceLine(design: Design, row: TraceRow, titles: ReadonlyMap<string, string>): readonly string[] {
  const ids = [row.threat, row.mitigation, row.acceptance, row.finding].filter(id => id !== undefined)
  const all = row.kind === 'requirement' ? [...row.requirements, ...ids] : ids
  const [first = ''] = all
  return [all.join(' '), (titles.get(first) ?? labelOf(design, first)).slice(0, 80), row.checks.join(' '), row.gaps.join(' ')]
}
