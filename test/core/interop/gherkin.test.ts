import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deriveChecklist } from '../../../core/checklists/derive.ts'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import { builtinPacks } from '../../../packs/builtin.ts'
import { ID, TRANSFERS, withFields } from '../gate/transfers.ts'
import { validDesign } from '../model/designs.ts'
import { FULL } from '../model/samples.ts'
import { parseFeature } from './gherkin-grammar.ts'
import { occasion } from './imported.ts'
import { hostileDesign, lossLines, written } from './written.ts'

const feature = parseFeature(written(TRANSFERS, 'gherkin').text)

describe('checks as a Gherkin feature', () => {
  test('an empty design is a feature without a rule', () => {
    const { text, losses } = written(EMPTY_DESIGN, 'gherkin')
    expect(parseFeature(text)).toEqual({ name: 'Threat model without a name', rules: [] })
    expect(losses).toEqual([])
  })

  test('a rule for each work item, a scenario for each check of its list, tagged with where it comes from', () => {
    expect(feature.rules.map(rule => rule.name.slice(0, 7))).toEqual([ID.otherWork, ID.work].sort())
    const list = deriveChecklist(TRANSFERS, builtinPacks, { workItem: ID.work, at: occasion.at })
    if (!list.ok) throw new Error('no checklist')
    const scenarios = feature.rules.find(rule => rule.name.startsWith(ID.work))?.scenarios ?? []
    expect(scenarios.map(one => one.name)).toEqual(list.value.checks.map(check => `${check.id} ${check.statement}`))
    for (const [i, check] of list.value.checks.entries()) {
      const tags = scenarios[i]?.tags ?? []
      expect(tags).toEqual(expect.arrayContaining([`@${check.id}`, `@${check.severity}`, `@${check.how}`]))
      for (const id of check.from.filter(from => /^[TMRW]-/.test(from))) expect(tags).toContain(`@${id}`)
      expect(scenarios[i]?.steps.find(step => step.keyword === 'Then')?.text).toBe(`this holds: ${check.statement}`)
    }
  })

  test('a threat that no checklist asks about has a rule of its own, a scenario for each mitigation', () => {
    const { text, losses } = written({ ...TRANSFERS, workItems: {} }, 'gherkin')
    const { rules } = parseFeature(text)
    expect(rules.map(rule => rule.name.slice(0, 7))).toEqual([ID.disclosure, ID.tampering])
    expect(rules[0]?.scenarios).toEqual([
      {
        name: `${ID.logs} The Transfer API shall log only the fields on its list.`,
        tags: [`@${ID.disclosure}`, `@${ID.logs}`, '@planned'],
        steps: [
          { keyword: 'Given', text: `the system as designed, with ${ID.api} Transfer API` },
          { keyword: 'When', text: 'somebody tries this: Account numbers are readable in the log of the Transfer API.' },
          { keyword: 'Then', text: 'this holds: The Transfer API shall log only the fields on its list.' },
          { keyword: 'And', text: 'this holds: No log line holds an account number.' },
        ],
      },
    ])
    expect(lossLines(losses)).toContain('threats: 1 threat')
    expect(lossLines(losses)).toContain('requirements: 3 requirements')
  })

  test.each(['Scenario: x', '@tag', '# language: de', '"""', '| a |', 'Rule: x', 'a\nGiven b', '\u2028Then c', '\u0085* d'])(
    'text of the design stays text: %j',
    statement => {
      for (const design of [TRANSFERS, { ...TRANSFERS, workItems: {} }]) {
        const odd = withFields(withFields(design, 'threats', ID.tampering, { statement }), 'settings', 'design', {
          name: statement,
        })
        const plain = parseFeature(written(design, 'gherkin').text)
        const read = parseFeature(written(odd, 'gherkin').text)
        expect(read.rules.map(rule => rule.scenarios.length)).toEqual(plain.rules.map(rule => rule.scenarios.length))
        expect(read.name).toBe(`Threat model ${statement.replace(/[\s\u0085]+/g, ' ').trim()}`)
      }
    },
  )

  test('whatever a design says, the feature follows the grammar, and the same comes out twice', () => {
    fc.assert(
      fc.property(fc.oneof(hostileDesign, validDesign), design => {
        const { text } = written(design, 'gherkin')
        parseFeature(text)
        expect(written(structuredClone(design), 'gherkin').text).toBe(text)
      }),
      { numRuns: 60 },
    )
  })

  test('says what it leaves out', () => {
    expect(lossLines(written(FULL, 'gherkin').losses)).toMatchInlineSnapshot(`
      [
        "settings/purpose: Purpose of 1 setting",
        "settings/glossary: Glossary of 1 setting",
        "policy: 1 policy",
        "assumptions: 1 assumption",
        "elements: 1 element",
        "flows: 1 data flow",
        "boundaries: 1 trust boundary",
        "data: 1 data asset",
        "triage: 1 triage decision",
        "acceptances: 1 acceptance",
        "exclusions: 1 excluded framework entry",
        "diagrams: 1 diagram",
        "layout: 1 drawn place",
        "comments: 1 comment",
        "suggestions: 1 suggestion",
        "requirements/kind: Kind of 1 requirement",
        "requirements/source: Source of 1 requirement",
        "requirements/actor: Who acts of 1 requirement",
        "requirements/description: Description of 1 requirement",
        "requirements/provenance: Provenance of 1 requirement",
        "requirements/foreign: Foreign keys of 1 requirement",
        "threats/categories: STRIDE categories of 1 threat",
        "threats/cwe: Weaknesses of 1 threat",
        "threats/findings: Findings of 1 threat",
        "threats/likelihood: Likelihood of 1 threat",
        "threats/impactScale: Impact of 1 threat",
        "threats/provenance: Provenance of 1 threat",
        "mitigations/owner: Owner of 1 mitigation",
        "mitigations/provenance: Provenance of 1 mitigation",
        "workItems/operation: Operation of 1 work item",
        "workItems/language: Language of 1 work item",
        "workItems/elements: Elements of 1 work item",
        "workItems/requirements: Requirements of 1 work item",
        "workItems/provenance: Provenance of 1 work item",
      ]
    `)
  })
})
