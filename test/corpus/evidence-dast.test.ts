import { describe, expect, test } from 'vitest'
import type { DastRisk } from '../../core/evidence/types.ts'
import { type AlertCounts, zapCounts } from './dast-counts.ts'
import { hasEvidence, type RealFile, realFiles, refusedOf } from './evidence-files.ts'

const [files, others] = [realFiles('zap'), realFiles('dast-other')]

function factsOf({ name, reading }: RealFile) {
  if (!reading.ok || !reading.value.facts.dast) throw new Error(`${name} is no report of a scanner`)
  return reading.value.facts.dast
}

function countsOf(file: RealFile): AlertCounts {
  const { alerts, reached } = factsOf(file)
  const risk = (wanted: DastRisk) => alerts.filter(one => one.risk === wanted).length
  const sites = reached.filter(address => /^\w+:\/\/[^/]+$/.test(address))
  return {
    alerts: alerts.length,
    risks: (['informational', 'low', 'medium', 'high'] as const).map(risk),
    instances: alerts.reduce((sum, { at }) => sum + at.length, 0),
    sites: sites.length,
    weaknesses: alerts.filter(({ cwe }) => cwe.length > 0).length,
  }
}

describe.skipIf(!hasEvidence)('real reports of scanners of running programs', () => {
  test('as many alerts of each risk, instances and sites as a second, separately written count finds', () => {
    expect(refusedOf(files)).toEqual([])
    for (const file of files) expect(countsOf(file), file.name).toEqual(zapCounts(file.text))
    expect(files.map(file => countsOf(file).alerts)).toEqual([19, 7, 1, 4, 28])
  })
  test('none is odd, and none says when it was made, for their dates name no zone', () => {
    expect(files.flatMap(file => factsOf(file).oddities)).toEqual([])
    expect(files.map(({ reading }) => reading.ok && reading.value.made.at)).toEqual(files.map(() => undefined))
  })
  test('a list of findings of Nuclei is refused with what to hand in instead', () => {
    expect(refusedOf(others)).toEqual([['django-defectdojo__multiple_matches.json', 'evidence.format', '']])
  })
})
