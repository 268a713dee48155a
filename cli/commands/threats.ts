import { rowsOf } from '../../core/model/table.ts'
import type { Design } from '../../core/model/types.ts'
import { deriveFindings, type Finding } from '../../core/threats/engine.ts'
import { recordOf } from '../../core/threats/found.ts'
import { mergedFindings } from '../../core/threats/merged.ts'
import { openDesign } from '../design.ts'
import { answer, type Command } from '../frame.ts'
import { packsFor } from '../packs.ts'
import { count, table } from '../table.ts'

export const threats: Command = {
  takes: [],
  options: {
    all: { help: 'Also findings for later, suppressed and gone ones.' },
    why: {
      value: 'ID',
      help: 'Explain one finding; for an element or flow, what was considered and what stopped it.',
    },
  },
  async run({ options, world }) {
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const { design } = opened.value
    const packs = await packsFor(opened.value)
    const why = options.text('why')
    if (why !== undefined) return (await import('./why.ts')).why(design, packs.rules, why)
    const { findings, problems } = deriveFindings(design, packs.rules)
    const shown = options.on('all')
      ? findings
      : findings.filter(finding => finding.attention === 'now' && finding.applicability === 'applies')
    const merged = mergedFindings(shown)
    const json = merged.flatMap(({ lead, others }) => [
      { ...decided(design, lead), sameAs: null },
      ...others.map(other => ({ ...decided(design, other), sameAs: lead.id })),
    ])
    const summary = summaryOf(design, findings)
    const rows = merged.map(({ lead: finding, others }) => [
      finding.id,
      [...finding.categories, ...(finding.privacy ?? [])].join(' '),
      finding.applicability === 'applies' ? finding.attention : finding.applicability,
      design.triage[finding.id]?.decision ?? 'open',
      `${finding.title}${others.length > 0 ? ` (+${count(others.length, 'source')})` : ''}`,
    ])
    const text = `${table(['finding', 'category', 'attention', 'decision', 'what'], rows)}\n\n${count(findings.length, 'finding')}: ${summary.now} now, ${summary.later} later, ${summary.suppressed} suppressed, ${summary.gone} gone; ${summary.undecidedNow} now without a decision`
    return answer({ findings: json, summary, problems: [...packs.problems, ...problems] }, text)
  },
}

function decided(design: Design, finding: Finding) {
  const threat = rowsOf(design.threats).find(candidate => candidate.findings?.[finding.id])
  return { ...recordOf(finding), triage: design.triage[finding.id] ?? null, threat: threat?.id ?? null }
}

function summaryOf(design: Design, findings: readonly Finding[]) {
  const applying = findings.filter(finding => finding.applicability === 'applies')
  const now = applying.filter(finding => finding.attention === 'now')
  return {
    findings: findings.length,
    now: now.length,
    later: applying.length - now.length,
    suppressed: findings.filter(finding => finding.applicability === 'suppressed').length,
    gone: findings.filter(finding => finding.applicability === 'gone').length,
    undecidedNow: now.filter(finding => design.triage[finding.id] === undefined).length,
  }
}
