import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../core/evidence/read.ts'
import { attestationCounts, attributionCounts } from './attestation-counts.ts'

const folder = path.resolve(import.meta.dirname, '../../../shared/corpus/evidence')
const filesOf = (name: string) =>
  existsSync(path.join(folder, name))
    ? readdirSync(path.join(folder, name))
        .map(file => `${name}/${file}`)
        .sort()
    : []
const files = filesOf('attestations')
const textOf = (file: string) => readFileSync(path.join(folder, file), 'utf8')

/** Files that are refused, and why. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  'attestations/witness__policy-hello-signed.json':
    /holds "https:\/\/witness\.testifysec\.com\/policy\/v0\.1", which is no in-toto/,
}

describe.skipIf(files.length === 0)('attestations of the corpus', () => {
  test.each(files)('%s is counted twice to the same end, or refused with a reason', file => {
    const [read, counts] = [readEvidence(file, textOf(file)), attestationCounts(textOf(file))]
    const reason = REFUSED[file]
    if (reason) {
      expect(counts).toBeUndefined()
      expect(!read.ok && read.problems[0].message).toMatch(reason)
      return
    }
    const facts = read.ok ? read.value.facts.attestation : undefined
    expect({ subjects: facts?.subjects.length, signatures: facts?.keyIds.length, predicateType: facts?.predicateType }).toEqual(
      counts,
    )
  })

  test('bundles say that a certificate is in them', () => {
    const certified = files.filter(file => {
      const read = readEvidence(file, textOf(file))
      return read.ok && read.value.facts.attestation?.certificate
    })
    expect(certified).toEqual([
      'attestations/chainloop__attestation-bundle.json',
      'attestations/chainloop__slsa_provenance.sigstore.json',
    ])
  })
})

const sessions = filesOf('ai-attribution')

describe.skipIf(sessions.length === 0)('what a coding tool says of its own work', () => {
  test('a session is counted twice to the same end, what says nothing of the code is refused', () => {
    const read = sessions.map(file => [file, readEvidence(file, textOf(file)), attributionCounts(textOf(file))] as const)
    expect(
      read.map(([file, evidence, counts]) =>
        evidence.ok
          ? [
              file,
              evidence.value.facts.attribution?.files.length,
              evidence.value.facts.attribution?.models.length,
              evidence.value.made.commits,
            ]
          : [file, evidence.problems[0].message, counts.files],
      ),
    ).toEqual([
      ['ai-attribution/chainloop__ai-agent-config-claude.json', expect.stringContaining('nothing of what it did to the code'), 0],
      ...read.slice(1).map(([file, , counts]) => [file, counts.files, counts.models, counts.commits]),
    ])
    expect(read[1]?.[2]).toMatchObject({ files: 2, models: 1 })
  })
})
