import { describe, expect, it } from 'vitest'
import { strideCoverage } from '../../core/mitigations/coverage.ts'
import { applyChanges } from '../../core/model/change.ts'
import { explainAbsence } from '../../core/threats/absence.ts'
import { explainFinding } from '../../core/threats/explain.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import { packsWithoutControls } from '../../packs/without-controls.ts'
import { inWords } from '../../renderer/state/attribute-words.ts'
import { factsOf } from '../../renderer/state/facts.ts'
import { categoryWords, PRIVACY_CATEGORIES, PRIVACY_MARKS } from '../../renderer/state/words.ts'
import { categoriesWithout, consideredLines, shortened } from '../../renderer/views/inspector/absence-model.ts'
import { keepsBack, referencesOf } from '../../renderer/views/inspector/why-model.ts'
import { lookOf, mapRows } from '../../renderer/views/threats/map-model.ts'
import { fitting, privacyIn, registerOf, standingAt } from '../../renderer/views/threats/threats-model.ts'
import { smallDesign } from '../support/small-design.ts'
import { AT } from './support.ts'

const provenance = { kind: 'human', at: AT } as const
const all = { text: '', standing: 'all' } as const

/** A ledger of personal data that keeps a log: privacy findings, and one kept back. */
const design = applyChanges(smallDesign(), [
  { kind: 'put', table: 'data', row: { id: 'D-0RDER', name: 'Transfer order', class: 'D3', personal: 'yes', provenance } },
  { kind: 'patch', table: 'elements', id: 'E-1EDG1', fields: { 'data/D-0RDER': true } },
  { kind: 'patch', table: 'elements', id: 'E-TRAP1', fields: { 'attributes/logsAudit': 'yes' } },
  { kind: 'patch', table: 'flows', id: 'F-REQVE', fields: { encryption: 'yes', authentication: 'yes' } },
])
const facts = factsOf(design, AT, packsWithoutControls)
const merged = facts.merged()
const register = registerOf(design, facts)

describe('why something is there', () => {
  it('says of each control what keeps it from holding, or that it holds', () => {
    const kept = merged.find(({ lead }) => lead.applicability === 'suppressed')?.lead
    if (!kept) throw new Error('encryption keeps something back')
    const why = explainFinding(design, builtinPacks.rules, kept.id)
    const holding = why ? keepsBack(why, builtinPacks).filter(one => one.holds) : []
    expect(holding.map(one => one.control)).toContain(kept.suppressedBy?.control)
    expect(holding[0]?.title).not.toBe(holding[0]?.control)
    expect(holding[0]?.state).toBe('holds, so it is kept back')
  })

  it('names the catalogues a rule names, and no others', () => {
    const rule = builtinPacks.rules[0]?.rules[0]
    if (!rule) throw new Error('there are rules')
    const { capec: _capec, attack: _attack, asvs: _asvs, references: _references, ...bare } = rule
    expect(referencesOf({ ...bare, cwe: ['CWE-1'], references: ['LLM01:2025'] })).toEqual([
      { catalogue: 'Weakness', entries: ['CWE-1'] },
      { catalogue: 'Also', entries: ['LLM01:2025'] },
    ])
  })

  it('calls attributes what the inspector calls them', () => {
    expect(inWords('"API" states logsAudit: yes.')).toBe('"API" states “Writes an audit log”: yes.')
    expect(inWords('encryption: yes')).toBe('“Encrypted in transit”: yes')
    expect(inWords('"API" does not state isLog or technology; the rule waits for yes or syslog.')).toBe(
      '"API" does not state “Is a log” or technology; the rule waits for yes or syslog.',
    )
  })

  it('leaves names that people gave as they are', () => {
    const sentence = '"authorises payment" leads from the process "isLog" to the process "constructor: x".'
    expect(inWords(sentence)).toBe(sentence)
  })
})

describe('why nothing is there', () => {
  const absence = explainAbsence(design, builtinPacks.rules, { subject: 'E-1EDG1', category: 'spoofing' })
  const lines = consideredLines(design, builtinPacks, absence)

  it('keeps the order of core, with each rule in the names of the place and its pack by title', () => {
    expect(lines.map(line => line.rule)).toEqual(absence.considered.map(one => one.rule))
    expect(lines.length).toBeGreaterThan(12)
    expect(lines.filter(line => /[{}]/.test(line.title))).toEqual([])
    expect(lines[0]?.pack).toBe(builtinPacks.rules.find(pack => pack.id === absence.considered[0]?.pack)?.title)
  })

  it('cuts long lists of alternatives and nothing else', () => {
    const sentence = '"API" states Go for technology; the rule waits for a or b or c or d or e or f. "DB" states no.'
    expect(shortened(sentence)).toBe('"API" states Go for technology; the rule waits for a, b, c, d or 2 others. "DB" states no.')
    expect(shortened('the rule waits for yes or no.')).toBe('the rule waits for yes or no.')
    expect(shortened('It looks at flows only.')).toBe('It looks at flows only.')
  })

  it('asks of those categories of which nothing was found, not even kept back', () => {
    const about = facts.about('F-REQVE')
    const kept = about.find(({ lead }) => lead.applicability === 'suppressed')
    const without = categoriesWithout(about)
    expect(kept?.lead.categories.some(category => without.includes(category))).toBe(false)
    expect(without).toContain('spoofing')
    expect(categoriesWithout([])).toHaveLength(6)
  })
})

describe('privacy', () => {
  it('stands beside STRIDE and never in its columns', () => {
    expect(privacyIn(register).length).toBeGreaterThan(0)
    const rows = mapRows(design, strideCoverage(design, builtinPacks, AT))
    const row = rows.find(one => one.id === 'E-1EDG1')
    expect(Object.keys(row?.cells ?? {}).filter(name => PRIVACY_CATEGORIES.includes(name as never))).toEqual([])
    expect(Object.keys(row?.privacy ?? {}).length).toBeGreaterThan(0)
    const first = { ...builtinPacks, rules: builtinPacks.rules.slice(0, 1) }
    expect(privacyIn(registerOf(smallDesign(), factsOf(smallDesign(), AT, first)))).toEqual([])
  })

  it('is filtered by one type, or by any', () => {
    const [type] = privacyIn(register)
    if (!type) throw new Error('there are privacy findings')
    expect(fitting(register, { ...all, privacy: type }).every(line => line.privacy.includes(type))).toBe(true)
    expect(fitting(register, { ...all, privacy: 'any' }).length).toBe(merged.filter(({ lead }) => lead.privacy).length)
  })

  it('has a mark of its own for each type, and says privacy where it is named', () => {
    expect(new Set(Object.values(PRIVACY_MARKS)).size).toBe(PRIVACY_CATEGORIES.length)
    expect(categoryWords({ categories: ['tampering'], privacy: ['linking', 'detecting'] })).toBe(
      'Tampering, Privacy: Linking, Detecting',
    )
    expect(categoryWords({ categories: [] })).toBe('')
  })
})

describe('what is kept back', () => {
  it('stays in view, apart from what asks', () => {
    const kept = standingAt(register, 'kept')
    expect(kept.length).toBe(merged.filter(({ lead }) => lead.applicability === 'suppressed').length)
    expect(kept.length).toBeGreaterThan(0)
    const cells = mapRows(design, strideCoverage(design, builtinPacks, AT)).flatMap(row => Object.values(row.cells ?? {}))
    expect(cells.filter(cell => lookOf(cell) === 'kept').every(cell => cell.now + cell.later === 0 && cell.suppressed > 0)).toBe(
      true,
    )
  })
})
