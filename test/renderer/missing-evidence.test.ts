import { describe, expect, it } from 'vitest'
import type { EvidenceLine } from '../../core/verdict/record.ts'
import { commandFor, missingEvidence } from '../../renderer/views/verify/missing-evidence-model.ts'

const tests = { tests: { from: { slot: 'unit' }, match: ['*account*'], min: 1 } }
const scan = { findings: { from: { slot: 'sast', tool: 'Semgrep' }, where: { cwe: ['CWE-89'] }, max: 0 } }

function line(slot: string, binding: EvidenceLine['binding']): EvidenceLine {
  return { file: `${slot}.x`, slot, digest: 'sha256:0', format: 'sarif', binding, reported: 'self', sentence: '' }
}

describe('evidence that is missing', () => {
  it('names each slot once, with its kind, its tool and what it must hold', () =>
    expect(missingEvidence({ verify: { all: [tests, { any: [scan, tests] }] } }, { evidence: [] })).toEqual([
      { slot: 'unit', kind: 'tests', tool: undefined, names: ['*account*'], isAside: false },
      { slot: 'sast', kind: 'scan', tool: 'Semgrep', names: ['CWE-89'], isAside: false },
    ]))

  it('asks for nothing where a report is bound to the change, nor where nobody asks for one', () => {
    expect(missingEvidence({ verify: tests }, { evidence: [line('unit', 'unbound'), line('unit', 'bound')] })).toEqual([])
    expect(missingEvidence({ verify: { signoff: { role: 'reviewer', count: 1 } } }, { evidence: [] })).toEqual([])
    expect(missingEvidence({}, { evidence: [] })).toEqual([])
  })

  it.each(['stale', 'unbound', 'broken'] as const)('says that what is %s does not answer', binding =>
    expect(missingEvidence({ verify: scan }, { evidence: [line('sast', binding)] })[0]).toMatchObject({
      slot: 'sast',
      isAside: true,
    }),
  )

  it('writes the command out', () => {
    expect(commandFor({ slot: 'sast', kind: 'scan' })).toBe('skeptic evidence sast sast.sarif -- COMMAND')
    expect(commandFor({ slot: 'unit', kind: 'tests' })).toBe('skeptic evidence unit unit.junit.xml -- COMMAND')
  })
})
