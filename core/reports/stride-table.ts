import { plain } from '../checklists/plain.ts'
import { labelOf } from '../model/lookup.ts'
import { hasRow } from '../model/table.ts'
import type { Category } from '../model/types.ts'
import { byText } from '../support/order.ts'
import type { Facts } from './facts.ts'
import { table } from './table.ts'

const COLUMNS: readonly (readonly [string, Category])[] = [
  ['S', 'spoofing'],
  ['T', 'tampering'],
  ['R', 'repudiation'],
  ['I', 'informationDisclosure'],
  ['D', 'denialOfService'],
  ['E', 'elevationOfPrivilege'],
]

/** STRIDE against what is threatened: findings decided of findings there are. */
export function strideTable({ design, findings }: Facts): readonly string[] {
  const rows = new Map<string, Map<Category, { decided: number; all: number }>>()
  for (const finding of findings) {
    const row = rows.get(finding.subject) ?? new Map<Category, { decided: number; all: number }>()
    rows.set(finding.subject, row)
    for (const category of finding.categories) {
      const cell = row.get(category) ?? { decided: 0, all: 0 }
      cell.all++
      if (hasRow(design.triage, finding.id)) cell.decided++
      row.set(category, cell)
    }
  }
  const lines = [...rows]
    .sort(([a], [b]) => byText(a, b))
    .map(([id, row]) => [
      `${id} ${plain(labelOf(design, id))}`,
      ...COLUMNS.map(([, category]) => {
        const cell = row.get(category)
        return cell ? `${cell.decided}/${cell.all}` : '-'
      }),
    ])
  return [
    '## Findings',
    '',
    'Decided of all, by what is threatened and STRIDE category.',
    '',
    ...table(['Subject', ...COLUMNS.map(([letter]) => letter)], lines, 'No findings.'),
  ]
}
