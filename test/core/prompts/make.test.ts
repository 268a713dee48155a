import { describe, expect, test } from 'vitest'
import { evaluateGate } from '../../../core/gate/evaluate.ts'
import { makePrompt } from '../../../core/prompts/make.ts'
import { isUnedited, promptDigest, shownDigest } from '../../../core/prompts/prompt-digest.ts'
import { REFERENCE_LIMIT } from '../../../core/prompts/reference.ts'
import type { Writer } from '../../../core/prompts/render.ts'
import * as templates from '../../../templates/generated/templates.js'
import { AT, ID, PACKS, TRANSFERS, withFields } from '../gate/transfers.ts'
import { PAYMENT, promptOf, tryPrompt } from './prompts.ts'

describe('identity', () => {
  const prompt = promptOf(TRANSFERS)

  test('the id comes from the work item, the version is the digest of the text', () => {
    expect(prompt.id).toBe('P-STEP1')
    expect(prompt.text).toContain(`sha256:${shownDigest(prompt.digest)}`)
    expect(promptDigest(prompt.text, shownDigest(prompt.digest))).toBe(prompt.digest)
  })

  test('an edited text no longer has its digest', () => {
    expect(isUnedited(prompt.text, prompt.digest)).toBe(true)
    expect(isUnedited(prompt.text.replace('500 EUR', '5000 EUR'), prompt.digest)).toBe(false)
  })

  test('the same design gives the same bytes, at any time at which the same holds', () => {
    expect(JSON.stringify(promptOf(TRANSFERS))).toBe(JSON.stringify(prompt))
    const later = makePrompt(TRANSFERS, PACKS, templates, {
      workItem: ID.work,
      target: 'markdown',
      at: '2026-12-01T08:00:00Z',
      pass: 'draft',
    })
    const now = makePrompt(TRANSFERS, PACKS, templates, { workItem: ID.work, target: 'markdown', at: AT, pass: 'draft' })
    expect(later.ok && later.value.text).toBe(now.ok && now.value.text)
  })

  test('an edit elsewhere leaves text, digest and slice alone; one inside changes all three', () => {
    const elsewhere = promptOf(withFields(TRANSFERS, 'elements', ID.fraud, { name: 'Scorer' }))
    expect([elsewhere.digest, elsewhere.slice]).toEqual([prompt.digest, prompt.slice])
    const inside = promptOf(withFields(TRANSFERS, 'flows', ID.submit, { protocol: 'HTTP/3' }))
    expect(inside.digest).not.toBe(prompt.digest)
    expect(inside.slice).not.toBe(prompt.slice)
  })

  test('another template makes it stale, one of another target does not', () => {
    const changed = (key: string) => ({ ...templates, sources: { ...templates.sources, [key]: 'other' } })
    const sliceWith = (sources: typeof templates) => {
      const made = makePrompt(TRANSFERS, PACKS, sources, { workItem: ID.work, target: 'markdown', at: AT, pass: 'draft' })
      return made.ok ? made.value.slice : ''
    }
    expect(sliceWith(changed('partials/stop') as typeof templates)).not.toBe(prompt.slice)
    expect(sliceWith(changed('templates/skill') as typeof templates)).toBe(prompt.slice)
  })
})

describe('files', () => {
  test('Markdown is one file named after the prompt', () => {
    expect(promptOf(TRANSFERS).files.map(file => file.path)).toEqual(['gp-step1-step-up-authentication-for-transfers.md'])
  })

  test('a skill has valid front matter: its name is its folder', () => {
    const [skill, checklist] = promptOf(TRANSFERS, { target: 'skill' }).files
    const folder = /^\.agents\/skills\/([a-z0-9]+(?:-[a-z0-9]+)*)\/SKILL\.md$/.exec(skill?.path ?? '')?.[1] ?? ''
    expect(folder.length).toBeGreaterThan(0)
    expect(folder.length).toBeLessThanOrEqual(64)
    expect(skill?.text.startsWith(`---\nname: ${folder}\n`)).toBe(true)
    expect(checklist?.path).toBe(`.agents/skills/${folder}/references/checklist.md`)
    expect(skill?.text.trimEnd().split('\n').at(-1)).toMatch(/^Made with Skeptic from P-STEP1@/)
  })

  test.each(['x'.repeat(400), '<b>"quoted": \\ \n--- # ', '\u202e'.repeat(400), '日本語'])(
    'the description of a skill named %j stays a valid one',
    name => {
      const prompt = promptOf(withFields(TRANSFERS, 'workItems', ID.work, { name }), { target: 'skill', pass: 'draft' })
      const { text = '' } = prompt.files[0] ?? {}
      const line = /^description: (".*")$/m.exec(text)?.[1] ?? ''
      const description = JSON.parse(line) as string
      expect(description.length).toBeLessThanOrEqual(1024)
      expect(description).toContain('Use when')
      expect(description).not.toMatch(/[<>]/)
      expect(/^name: [a-z0-9]+(?:-[a-z0-9]+)*$/m.test(text)).toBe(true)
    },
  )
})

describe('where each line comes from', () => {
  const { text, lines } = promptOf(PAYMENT)
  const rows = text.split('\n')
  const fromOf = (part: string) => lines.find(one => one.line === rows.findIndex(row => row.includes(part)) + 1)?.from

  test('every line that holds anything has an origin', () => {
    const known = new Set(lines.map(one => one.line))
    expect(rows.flatMap((row, index) => (row.trim() !== '' && !known.has(index + 1) ? [row] : []))).toEqual([])
  })

  test.each<[string, readonly string[]]>([
    ['Ask for a second factor', [ID.work]],
    ['take the debit account', [ID.derive]],
    ['`RDER1V`', [ID.derive]],
    ['moves money of another customer', ['AUTHZ-OBJECT', ID.ownership, ID.tampering, ID.submit, ID.customer].sort()],
    ['a package is needed', ['partials/stop']],
    ['Stop, name the number', ['partials/stop']],
  ])('%s', (part, from) => {
    const found = fromOf(part)
    if (part.startsWith('moves money'))
      expect(found).toEqual(expect.arrayContaining(['AUTHZ-OBJECT', ID.ownership, ID.tampering, ID.submit]))
    else expect(found).toEqual(from)
  })
})

describe('refusals', () => {
  test.each([
    ['keyCustody', 'generate', 'Zone forbidden'],
    ['keyCustody', 'review', 'Zone forbidden'],
  ] as const)('%s code, %s: even a draft is refused', (name, operation, words) => {
    const design = withFields(
      withFields(TRANSFERS, 'elements', ID.api, { [`codeClasses/${name}`]: true }),
      'workItems',
      ID.work,
      { operation },
    )
    const result = tryPrompt(design, { pass: 'draft' })
    expect(result).toMatchObject({
      ok: false,
      problems: [
        {
          code: 'policy.refuses',
          at: ID.work,
          message: expect.stringContaining(words) as string,
          cure: expect.stringContaining('floor.keyCustody') as string,
        },
      ],
    })
  })

  test('where AI may only advise, code is refused and the way out named', () => {
    const design = withFields(TRANSFERS, 'policy', 'policy', { preset: 'regulated', default: 'advise-only' })
    const result = tryPrompt(design, { pass: 'draft' })
    expect(result).toMatchObject({
      ok: false,
      problems: [{ code: 'policy.refuses', cure: expect.stringContaining('design, review or docs') as string }],
    })
  })

  test('a pass of another state, of another work item or of the whole design is none', () => {
    const edited = withFields(TRANSFERS, 'flows', ID.submit, { protocol: 'HTTP/3' })
    const pass = evaluateGate(TRANSFERS, PACKS, { at: AT, workItem: ID.work }).pass ?? 'draft'
    const wholePass = evaluateGate(TRANSFERS, PACKS, { at: AT }).pass ?? 'draft'
    for (const result of [
      tryPrompt(edited, { pass }),
      tryPrompt(TRANSFERS, { pass: wholePass }),
      tryPrompt(TRANSFERS, { pass, workItem: ID.otherWork }),
    ])
      expect(result).toMatchObject({ ok: false, problems: [{ code: 'prompt.stalePass' }] })
  })

  test('an unknown target names the known ones', () => {
    expect(tryPrompt(TRANSFERS, { target: 'papyrus' })).toMatchObject({
      ok: false,
      problems: [
        { code: 'prompt.unknownTarget', cure: expect.stringMatching(/^Choose one of: agents, .*markdown, promptfoo, skill\.$/) },
      ],
    })
  })

  test('an unknown work item', () => {
    expect(tryPrompt(TRANSFERS, { workItem: 'W-N0NE1', pass: 'draft' })).toMatchObject({
      ok: false,
      problems: [{ code: 'workItem.unknown' }],
    })
  })

  test('reference material over the limit is refused, not cut', () => {
    const design = withFields(TRANSFERS, 'workItems', ID.work, { reference: 'x'.repeat(REFERENCE_LIMIT + 1) })
    expect(tryPrompt(design)).toMatchObject({ ok: false, problems: [{ code: 'prompt.referenceTooLong' }] })
  })

  test.each(['reference', 'goal', 'stack'])('a secret in %s is refused, even as a draft, and not repeated', field => {
    const secret = `ghp_${'a1B2c3D4'.repeat(5).slice(0, 36)}`
    const result = tryPrompt(withFields(TRANSFERS, 'workItems', ID.work, { [field]: `use ${secret}` }), { pass: 'draft' })
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'scan.secret.token', at: ID.work }] })
    expect(JSON.stringify(result)).not.toContain(secret)
  })

  test('lint errors refuse a final prompt and are shown with a draft', () => {
    const persona = withFields(TRANSFERS, 'workItems', ID.work, { goal: 'You are a senior security engineer.' })
    expect(tryPrompt(persona)).toMatchObject({ ok: false, problems: [{ code: 'GP01', at: ID.work }] })
    expect(promptOf(persona, { pass: 'draft' }).lint.map(problem => problem.code)).toContain('GP01')
  })

  test('a name that a template uses and nobody gives is a bug', () => {
    const prompt: Writer = (context, kit) => kit.text((context as { readonly weather?: string }).weather, 'weather')
    const wrong = { ...templates, templates: { ...templates.templates, prompt } }
    const input = { workItem: ID.work, target: 'markdown', at: AT, pass: 'draft' } as const
    expect(() => makePrompt(TRANSFERS, PACKS, wrong, input)).toThrow('"weather" is not defined')
  })
})
