import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import { TRANSFERS } from '../gate/transfers.ts'
import { validDesign } from '../model/designs.ts'
import { FULL } from '../model/samples.ts'
import { modelText } from '../reports/model-text.ts'
import { occasion } from './imported.ts'
import { hostileDesign, lossLines, written } from './written.ts'

describe('the threat model as Markdown', () => {
  test('is the model report', () => {
    expect(written(TRANSFERS, 'markdown').text).toBe(modelText(TRANSFERS, occasion.packs, occasion))
    expect(written(EMPTY_DESIGN, 'markdown').losses).toEqual([])
  })

  test('whatever a design says, its headings are the same and the same comes out twice', () => {
    const headings = (text: string) =>
      text
        .split(/\r\n?|\n/)
        .filter(line => /^#{1,6} /.test(line))
        .slice(1)
    const usual = headings(written(TRANSFERS, 'markdown').text)
    fc.assert(
      fc.property(fc.oneof(hostileDesign, validDesign), design => {
        const { text } = written(design, 'markdown')
        expect(headings(text)).toEqual(usual)
        expect(written(structuredClone(design), 'markdown').text).toBe(text)
      }),
      { numRuns: 40 },
    )
  })

  test('says what it leaves out', () => {
    expect(lossLines(written(FULL, 'markdown').losses)).toMatchInlineSnapshot(`
      [
        "elements: Attributes and descriptions of 3 drawn things",
        "settings/glossary: Glossary of 1 setting",
        "policy/preset: Preset of 1 policy",
        "policy/default: Default zone of 1 policy",
        "policy/rules: Rules of 1 policy",
        "policy/gate: Rules of the gate of 1 policy",
        "requirements/priority: Priority of 1 requirement",
        "requirements/source: Source of 1 requirement",
        "requirements/actor: Who acts of 1 requirement",
        "requirements/elements: Elements of 1 requirement",
        "requirements/flows: Data flows of 1 requirement",
        "requirements/data: Data of 1 requirement",
        "requirements/description: Description of 1 requirement",
        "requirements/provenance: Provenance of 1 requirement",
        "requirements/foreign: Foreign keys of 1 requirement",
        "assumptions/consequence: What breaks if it is false of 1 assumption",
        "assumptions/owner: Owner of 1 assumption",
        "assumptions/provenance: Provenance of 1 assumption",
        "data/confidentiality: Confidentiality of 1 data asset",
        "data/integrity: Integrity of 1 data asset",
        "data/availability: Availability of 1 data asset",
        "data/provenance: Provenance of 1 data asset",
        "triage: 1 triage decision",
        "threats/cwe: Weaknesses of 1 threat",
        "threats/findings: Findings of 1 threat",
        "threats/elements: Elements of 1 threat",
        "threats/provenance: Provenance of 1 threat",
        "mitigations/owner: Owner of 1 mitigation",
        "mitigations/checks: Own checks of 1 mitigation",
        "mitigations/provenance: Provenance of 1 mitigation",
        "acceptances/provenance: Provenance of 1 acceptance",
        "exclusions: 1 excluded framework entry",
        "workItems: 1 work item",
        "diagrams: 1 diagram",
        "layout: 1 drawn place",
        "comments: 1 comment",
        "suggestions: 1 suggestion",
      ]
    `)
  })
})
