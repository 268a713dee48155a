import { shortDigest } from '../model/digest.ts'
import { labelOf } from '../model/lookup.ts'
import type { Check, Design } from '../model/types.ts'
import { type Checklist, GROUPS } from './derive.ts'
import { howOf } from './how.ts'
import { plain } from './plain.ts'

/** The checklist as a page of Markdown: boxes nobody ticked, what decides each, and where it came from. */
export function checklistMarkdown(design: Design, checklist: Checklist): string {
  const { checks } = checklist
  const machine = checks.filter(check => check.how === 'machine').length
  const self = checks.filter(check => check.allowSelfReported === true).length
  return [
    `# Checklist for ${plain(labelOf(design, checklist.workItem))}`,
    '',
    `${checklist.id} · ${checklist.workItem} · slice ${shortDigest(checklist.slice)} · ${checks.length} checks, ${machine} decided by evidence, ${checks.length - machine} by people`,
    ...(self > 0
      ? [
          '',
          `For ${self} of them evidence that nobody signed is enough, because the policy says so; they are marked "self-reported is enough".`,
        ]
      : []),
    ...GROUPS.flatMap(group => groupOf(group, checks)),
    '',
    'Answer each with yes, no or cannot tell. "Not applicable" needs a reason and another person.',
    '',
  ].join('\n')
}

const TITLES: Readonly<Record<(typeof GROUPS)[number], string>> = {
  requirement: 'Requirements',
  threat: 'Threats and controls',
  contract: 'The change itself',
  dependency: 'Dependencies',
  scan: 'Scans',
  review: 'Review',
  monitoring: 'Watching it run',
}

function groupOf(group: (typeof GROUPS)[number], checks: readonly Check[]): readonly string[] {
  const inside = checks.filter(check => check.group === group)
  return inside.length === 0 ? [] : ['', `## ${TITLES[group]}`, '', ...inside.flatMap(linesOf)]
}

function linesOf(check: Check): readonly string[] {
  const marks = [check.severity, howOf(check), ...(check.allowSelfReported ? ['self-reported is enough'] : [])]
  return [
    `- ☐ **${check.id}** ${plain(check.statement)}`,
    `  ${marks.join(' · ')} · from ${check.from.join(', ')}`,
    ...(check.question && check.question !== `Is it so: ${check.statement}` ? [`  _${plain(check.question)}_`] : []),
  ]
}
