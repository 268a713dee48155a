import { describe, expect, test } from 'vitest'
import { readExports, withExported } from '../../../core/targets/exports.ts'
import { blockMarks, managedDigest, type Placed, planFile } from '../../../core/targets/managed.ts'

const P = 'P-0RD3R'
const { begin, end } = blockMarks(P)
const DIGEST = managedDigest('prompt')
const wrote = (text: string, before?: string) => ({
  ...{ sha256: managedDigest(text), prompt: P, digest: DIGEST, target: 'agents' },
  ...(before === undefined ? {} : { before: managedDigest(before) }),
})

function whole(placed: Partial<Omit<Placed, 'file'>> & { readonly text?: string; readonly path?: string }) {
  const { text = 'new\n', path = 'a/b.md', ...rest } = placed
  return planFile({ file: { path, text, managed: 'whole' }, prompt: P, disk: undefined, known: undefined, ...rest })
}

function block(disk: string | undefined, more: Partial<Placed> = {}) {
  return planFile({ file: { path: 'AGENTS.md', text: 'ours\n', managed: 'block' }, prompt: P, disk, known: undefined, ...more })
}

describe('a whole file', () => {
  test('is made where there is none, and left alone where it says the same', () => {
    expect(whole({})).toMatchObject({ value: { kind: 'created', text: 'new\n' } })
    expect(whole({ disk: 'new\n' })).toMatchObject({ value: { kind: 'same' } })
    expect(whole({ disk: 'new\r\n' })).toMatchObject({ value: { kind: 'same' } })
  })

  test('is written again while it is as it was written, also when writing was cut short', () => {
    expect(whole({ disk: 'old\n', known: wrote('old\n') })).toMatchObject({ value: { kind: 'updated', text: 'new\n' } })
    expect(whole({ disk: 'old\r\n', known: wrote('old\n') })).toMatchObject({ value: { kind: 'updated' } })
    expect(whole({ disk: 'older\n', known: wrote('old\n', 'older\n') })).toMatchObject({ value: { kind: 'updated' } })
  })

  test.each([
    ['edited', 'old, by hand\n', wrote('old\n')],
    ['foreign', 'mine\n', undefined],
    ['edited', '', wrote('old\n')],
  ] as const)('is a conflict when it was %s', (why, disk, known) => {
    const plan = whole({ disk, known })
    expect(plan).toMatchObject({ value: { kind: 'conflict', why, before: disk, after: 'new\n', sha256: managedDigest(disk) } })
    expect(whole({ disk, known, letGo: managedDigest(disk) })).toMatchObject({ value: { kind: 'updated', text: 'new\n' } })
    expect(whole({ disk, known, letGo: managedDigest(`${disk}and more`) })).toMatchObject({ value: { kind: 'conflict' } })
  })
})

describe('CLAUDE.md', () => {
  const claude = (disk?: string) => whole({ path: 'CLAUDE.md', text: '@AGENTS.md\n', disk })

  test('is one line where there is none, and never touched where there is one', () => {
    expect(claude()).toMatchObject({ value: { kind: 'created', text: '@AGENTS.md\n' } })
    expect(claude('@AGENTS.md')).toMatchObject({ value: { kind: 'same', text: '@AGENTS.md' } })
    expect(claude('# Ours\n')).toEqual({ ok: true, value: { kind: 'left', path: 'CLAUDE.md' } })
  })
})

describe('a block in a file of the team', () => {
  const theirs = ['', '# Ours', '# Ours\n', '# Ours\r\n\r\nText\r\n', '\ufeff# Ours\n\n\n', 'a [Skeptic P-0RD3R begins] b\n']

  test.each(theirs)('comes after %j, byte for byte', disk => {
    const first = block(disk)
    if (!first.ok || first.value.kind !== 'updated') throw new Error('not added')
    expect(first.value.text.startsWith(disk)).toBe(true)
    expect(first.value.text.endsWith(`${begin}\nours\n${end}\n`)).toBe(true)
    expect(block(first.value.text)).toMatchObject({ value: { kind: 'same', text: first.value.text } })
  })

  test('is replaced where it stands; what is around it stays, and so does the block of another prompt', () => {
    const other = blockMarks('P-0THER')
    const around = (part: string) => `\ufeffbefore\r\n${begin}\n${part}${end}\r\nafter\n${other.begin}\ntheirs\n${other.end}`
    const plan = block(around('old\n'), { known: wrote('old\n') })
    expect(plan).toMatchObject({ value: { kind: 'updated', text: around('ours\n') } })
  })

  test('is a conflict where somebody wrote into it, and shows only what is ours', () => {
    const plan = block(`mine\n${begin}\nold, by hand\n${end}\n`, { known: wrote('old\n') })
    expect(plan).toMatchObject({ value: { kind: 'conflict', why: 'edited', before: 'old, by hand\n', after: 'ours\n' } })
  })

  test.each([
    [`${begin}\nours\n`, 'AGENTS.md:1', 'does not end'],
    [`x\n${end}\n`, 'AGENTS.md:2', 'does not begin'],
    [`${end}\n${begin}\n`, 'AGENTS.md:2', 'does not end'],
    [`${begin}\n${end}\n${begin}\n${end}\n`, 'AGENTS.md:3', 'twice'],
  ])('with broken marks %j is refused at their line', (disk, at, words) => {
    expect(block(disk)).toMatchObject({
      ok: false,
      problems: [{ code: 'export.marks', at, message: expect.stringContaining(words) }],
    })
  })

  test('whose own text holds its marks is refused', () => {
    const file = { path: 'AGENTS.md', text: `${end}\n`, managed: 'block' as const }
    expect(block(undefined, { file })).toMatchObject({ ok: false, problems: [{ code: 'export.marks' }] })
  })
})

describe('the manifest', () => {
  test('keeps its entries in order and those of others', () => {
    const before = { format: 1 as const, files: { '../z.md': wrote('z'), '../b.md': wrote('b') } }
    const after = withExported(before, new Map([['../c.md', wrote('c')]]))
    expect(Object.keys(after.files)).toEqual(['../b.md', '../c.md', '../z.md'])
  })

  test('that is broken is refused with its place: without it nobody knows what was changed by hand', () => {
    const explain = () => ({ at: '/files', message: 'Must be an object.' })
    expect(readExports('{"format":1,"files":[]}', explain)).toMatchObject({
      problems: [{ code: 'export.manifest', at: 'exports.json:/files' }],
    })
    expect(readExports('{"format":1,', explain)).toMatchObject({ problems: [{ code: 'json.syntax' }] })
    expect(readExports(undefined, explain)).toEqual({ ok: true, value: { format: 1, files: {} } })
  })
})
