import type { Design } from '../../core/model/types.ts'
import { deriveFindings, type Finding } from '../../core/threats/engine.ts'
import { builtinRules } from '../../packs/rules.ts'
import { openDesign } from '../design.ts'
import { answer, type Command } from '../frame.ts'
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
    const why = options.text('why')
    if (why !== undefined) return (await import('./why.ts')).why(design, why)
    const { findings, problems } = deriveFindings(design, builtinRules)
    const shown = options.on('all')
      ? findings
      : findings.filter(finding => finding.attention === 'now' && finding.applicability === 'applies')
    const json = shown.map(finding => decided(design, finding))
    const summary = summaryOf(design, findings)
    const rows = shown.map(finding => [
      finding.id,
      finding.categories.join(' '),
      finding.applicability === 'applies' ? finding.attention : finding.applicability,
      design.triage[finding.id]?.decision ?? 'open',
      finding.title,
    ])
    const text = `${table(['finding', 'category', 'attention', 'decision', 'what'], rows)}\n\n${count(findings.length, 'finding')}: ${summary.now} now, ${summary.later} later, ${summary.suppressed} suppressed, ${summary.gone} gone; ${summary.undecidedNow} now without a decision`
    return answer({ findings: json, summary, problems }, text)
  },
}

function decided(design: Design, finding: Finding) {
  const threat = Object.values(design.threats).find(candidate => candidate.findings?.[finding.id])
  return { ...finding, triage: design.triage[finding.id] ?? null, threat: threat?.id ?? null }
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
