import { plain } from '../checklists/plain.ts'
import { toMermaid } from '../dfd/to-mermaid.ts'
import { WAIVER_COUNTS, waiverLines } from '../gate/waivers.ts'
import { strideOf } from '../mitigations/categories.ts'
import { designDigest } from '../model/digest.ts'
import { labelOf, policyOf, settingsOf } from '../model/lookup.ts'
import { rowsOf } from '../model/table.ts'
import type { Design, Packs } from '../model/types.ts'
import { byText, idsOf } from '../support/order.ts'
import { type Facts, factsOf } from './facts.ts'
import { gapLines } from './gaps.ts'
import { strideTable } from './stride-table.ts'
import { table } from './table.ts'

/** The threat model as one Markdown document: what it does not cover first, then what it says and how far that is answered. */
export function modelReport(design: Design, packs: Pick<Packs, 'rules' | 'controls'>, input: { readonly at: string }): string {
  const facts = factsOf(design, packs, input.at)
  const lines = [
    ...heading(facts),
    ...gapLines(facts),
    ...requirements(facts),
    ...drawing(facts),
    ...strideTable(facts),
    ...threats(facts),
    ...mitigations(facts),
    ...acceptances(facts),
    ...waivers(facts),
    ...gate(facts),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

function heading({ design, at }: Facts): readonly string[] {
  const settings = settingsOf(design)
  return [
    `# Threat model: ${plain(settings?.name ?? 'unnamed design')}`,
    '',
    `Design ${designDigest(design)}, as of ${at}.`,
    '',
    ...(settings?.purpose ? [plain(settings.purpose), ''] : []),
  ]
}

function requirements({ design }: Facts): readonly string[] {
  const rows = rowsOf(design.requirements).map(row => [
    row.id,
    plain(row.statement),
    row.kind,
    row.verification ?? 'not chosen',
    row.status,
  ])
  return ['## Requirements', '', ...table(['Id', 'Requirement', 'Kind', 'Shown by', 'Status'], rows, 'None are written down.')]
}

function drawing({ design }: Facts): readonly string[] {
  const data = rowsOf(design.data).map(row => [row.id, plain(row.name), row.class ?? 'unknown', row.personal ?? 'unknown'])
  return [
    '## Data-flow diagram',
    '',
    '```mermaid',
    toMermaid(design).trimEnd(),
    '```',
    '',
    '## Data',
    '',
    ...table(['Id', 'Data', 'Class', 'Personal'], data, 'None is named.'),
  ]
}

function threats({ states }: Facts): readonly string[] {
  const gravest = [...states].sort(
    (a, b) => (b.inherent?.score ?? 26) - (a.inherent?.score ?? 26) || byText(a.threat.id, b.threat.id),
  )
  const rows = gravest.map(({ threat, inherent, residual, response, mitigations, acceptance }) => [
    threat.id,
    plain(threat.statement),
    strideOf(threat),
    inherent?.level ?? 'unknown',
    response === 'open' ? '**open**' : response,
    [...mitigations.map(row => row.id), ...(acceptance ? [acceptance.id] : [])].join(', ') || '-',
    residual?.level ?? 'unknown',
  ])
  const heads = ['Id', 'Threat', 'STRIDE', 'Risk', 'Decision', 'By', 'Residual risk']
  return ['## Threats', '', ...table(heads, rows, 'Nothing was judged real so far.')]
}

function mitigations({ design }: Facts): readonly string[] {
  const rows = rowsOf(design.mitigations).map(row => [
    row.id,
    plain(row.statement),
    row.control ?? '-',
    row.status,
    idsOf(row.threats).join(', ') || '-',
  ])
  return ['## Mitigations', '', ...table(['Id', 'Mitigation', 'Control', 'Status', 'Answers'], rows, 'None.')]
}

function acceptances({ design }: Facts): readonly string[] {
  const rows = rowsOf(design.acceptances).map(row => [
    row.id,
    `${row.threat} ${plain(labelOf(design, row.threat))}`,
    row.response,
    plain(row.reason),
    plain(row.owner),
    plain(row.approver ?? 'nobody'),
    row.expires ?? 'no end',
  ])
  const heads = ['Id', 'Threat', 'Response', 'Reason', 'Owner', 'Approved by', 'Until']
  return ['## Accepted, transferred, avoided', '', ...table(heads, rows, 'None.')]
}

function waivers({ design, at }: Facts): readonly string[] {
  const rows = waiverLines(policyOf(design), at).map(line => [
    plain(line.id),
    plain(line.rule),
    plain(line.scope),
    plain(line.reason),
    plain(line.by),
    plain(line.approver),
    line.expires,
    WAIVER_COUNTS[line.counts],
  ])
  const heads = ['Id', 'Rule', 'At', 'Reason', 'Asked for by', 'Approved by', 'Until', 'Counts']
  return ['## Waivers', '', ...table(heads, rows, 'None.')]
}

function gate({ gate: { open, problems, warnings, waived, effort } }: Facts): readonly string[] {
  const told = open
    ? 'Open: this design may be prompted, work item by work item.'
    : `Closed: ${problems.length} ${problems.length === 1 ? 'thing stands' : 'things stand'} between it and the prompts, about ${effort} minutes.`
  const line = (problem: (typeof problems)[number]) => `- ${problem.at ?? ''} ${plain(problem.message)} (${problem.code})`
  return [
    '## Gate',
    '',
    told,
    '',
    ...problems.map(line),
    ...(problems.length > 0 ? [''] : []),
    ...(warnings.length > 0 ? ['Warnings:', '', ...warnings.map(line), ''] : []),
    ...(waived.length > 0 ? [`Waived: ${waived.map(plain).join(', ')}.`, ''] : []),
  ]
}
