import { code, plain } from '../checklists/plain.ts'
import { shown } from '../evidence/show.ts'
import type { Difference } from './difference.ts'
import type { SpokenChange } from './difference-changes.ts'

/** So many lines of each list go into a comment: a reviewer reads the rest where the design is. */
const LINES = 50

const SIGNS: Readonly<Record<SpokenChange['kind'], string>> = { added: '+', changed: '~', removed: '-' }

type Line = { readonly id: string; readonly sign: string; readonly text: string }
type Section = { readonly title: string; readonly lines: readonly Line[] }

function sectionsOf({ changes, crossings, findings, stale }: Difference): readonly Section[] {
  const finding = (sign: string) => (one: Difference['findings']['gained'][number]) => ({ id: one.id, sign, text: one.title })
  const open = new Set(findings.undecided.map(({ id }) => id))
  const sections = [
    { title: 'Changes', lines: changes.map(({ kind, id, sentence }) => ({ id, sign: SIGNS[kind], text: sentence })) },
    {
      title: 'Boundary crossings',
      lines: [
        ...crossings.added.map(({ flow, sentence }) => ({ id: flow, sign: '+', text: sentence })),
        ...crossings.removed.map(({ flow, sentence }) => ({ id: flow, sign: '-', text: `${sentence} no longer` })),
      ],
    },
    { title: 'Findings without a decision', lines: findings.undecided.map(finding('?')) },
    { title: 'Other new findings', lines: findings.gained.filter(({ id }) => !open.has(id)).map(finding('+')) },
    { title: 'Findings that are gone', lines: findings.lost.map(finding('-')) },
    {
      title: 'Prompts to make again',
      lines: stale.prompts.map(({ id, name, version }) => ({
        id,
        sign: '!',
        text: `${name}${version === undefined ? '' : `, v${version}`}`,
      })),
    },
    {
      title: 'Checks to look at again',
      lines: stale.checks.map(({ id, what, statement }) => ({
        id,
        sign: CHECK_SIGNS[what],
        text: `${what}: ${shown(statement, 140)}`,
      })),
    },
  ]
  return sections.filter(({ lines }) => lines.length > 0)
}

const CHECK_SIGNS = { added: '+', changed: '~', dropped: '-' } as const

/** The difference for a terminal: every line, ids first. */
export function differenceText(difference: Difference): string {
  const sections = sectionsOf(difference).flatMap(({ title, lines }) => [
    '',
    `${title} (${lines.length})`,
    ...lines.map(({ id, sign, text }) => `  ${sign} ${id.padEnd(10)}  ${text}`),
  ])
  return [difference.summary, ...sections].join('\n')
}

/**
 * The difference as a comment of a pull request. Text of the design does nothing there; long lists are cut, and say so. With the id
 * of the design its last line is a mark that nobody sees, by which a job finds its own comment and updates it instead of adding one.
 */
export function differenceMarkdown(difference: Difference, designId?: string): string {
  const sections = sectionsOf(difference).flatMap(({ title, lines }) => [
    `**${title}** (${lines.length})`,
    '',
    ...lines.slice(0, LINES).map(({ id, text }) => `- ${code(id)} ${plain(text)}`),
    ...(lines.length > LINES ? [`- and ${lines.length - LINES} more: \`skeptic diff\` shows all`] : []),
    '',
  ])
  const mark = designId === undefined ? [] : [`<!-- skeptic diff ${designId} -->`, '']
  return ['### Changes to the threat model', '', plain(difference.summary), '', ...sections, ...mark].join('\n')
}
