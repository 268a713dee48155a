import { describe, expect, test } from 'vitest'
import { includesOf } from '../../../core/interop/threagile/includes.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { expectSound, named, read, refused } from './imported.ts'
import { readWith, whats } from './threagile-model.ts'

describe('included files', () => {
  const main = (...names: readonly string[]) => `threagile_version: 1.0.0\ntitle: T\nincludes: ${JSON.stringify(names)}\n`
  const asset = (name: string, id: string, more = '') =>
    `technical_assets:\n  ${name}:\n    id: ${id}\n    type: process\n${more}`

  test('are merged, also from folders, and from each other', () => {
    const { design, summary } = readWith(main('a.yaml', 'parts/b.yaml'), {
      'a.yaml': asset('A', 'a'),
      'parts/b.yaml': `${asset('B', 'b')}includes: [c.yaml]\n`,
      'parts/c.yaml': asset('C', 'c'),
    })
    expect(
      rowsOf(design.elements)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['A', 'B', 'C'])
    expect(summary.problems).toEqual([])
    expectSound(design)
  })

  test('say the same as one file, with the same ids', () => {
    const whole = readWith(`threagile_version: 1.0.0\ntitle: T\n${asset('A', 'a')}  B:\n    id: b\n    type: datastore\n`, {})
    const { design } = readWith(main('a.yaml', 'b.json'), {
      'a.yaml': asset('A', 'a'),
      'b.json': JSON.stringify({ technical_assets: { B: { id: 'b', type: 'datastore' } } }),
    })
    expect(design).toEqual(whole.design)
  })

  test('are found beside the main file, or by their last name alone', () => {
    for (const name of ['models/a.yaml', 'elsewhere/a.yaml', './a.yaml', 'models\\a.yaml'])
      expect(readWith(main('a.yaml'), { [name]: asset('A', 'a') }, 'models/main.yaml').summary.counts.elements).toBe(1)
    const twice = read(main('a.yaml'), {
      others: new Map([
        ['x/a.yaml', asset('A', 'a')],
        ['y/a.yaml', asset('A', 'a')],
      ]),
    })
    expect(twice.ok && twice.value.summary.problems.map(({ code }) => code)).toEqual(['import.include'])
  })

  test('a missing one is named with its cure', () => {
    const { summary } = readWith(`${main('gone.yaml')}${asset('A', 'a')}`, {})
    expect(summary.problems).toMatchObject([
      {
        code: 'import.include',
        at: 'design',
        message: expect.stringContaining('"gone.yaml"'),
        cure: expect.stringContaining('together with'),
      },
    ])
  })

  test('nothing but missing ones is refused', () => {
    expect(refused('threagile_version: 1.0.0\nincludes: [a.yaml, b.yaml]\n')).toMatchObject({
      code: 'threagile.includes',
      at: 'model.json:/includes',
      cure: expect.stringContaining('a.yaml, b.yaml'),
    })
  })

  test('a second word for the same thing is told and not taken', () => {
    const value = readWith(`${main('a.yaml')}${asset('A', 'a', '    owner: Us\n')}`, {
      'a.yaml': `title: Other\ntags_available: [x]\n${asset('A', 'a', '    owner: Them\n')}`,
    })
    expect(named(value.design.elements, 'A').foreign).toEqual({ owner: 'Us' })
    expect(value.design.settings.design?.name).toBe('T')
    expect(value.summary.losses).toContainEqual(
      expect.objectContaining({ at: 'a.yaml:/technical_assets/A', what: 'A second "A" of technical assets' }),
    )
    expect(value.summary.losses).toContainEqual(expect.objectContaining({ at: 'a.yaml:/title' }))
  })

  test('the same word twice is none', () => {
    const value = readWith(`${main('a.yaml')}${asset('A', 'a')}`, { 'a.yaml': asset('A', 'a') })
    expect(whats(value).filter(what => what.startsWith('A second'))).toEqual([])
  })

  test('circles are read once and told', () => {
    const value = readWith(`${main('a.yaml')}`, {
      'a.yaml': `includes: [b.yaml]\n${asset('A', 'a')}`,
      'b.yaml': `includes: [a.yaml, b.yaml]\n${asset('B', 'b')}`,
    })
    expect(value.summary.counts.elements).toBe(2)
    expect(whats(value).filter(what => what.startsWith('Included file'))).toEqual([
      'Included file "a.yaml"',
      'Included file "b.yaml"',
    ])
  })

  test.each([
    '../a.yaml',
    'x/../../a.yaml',
    '/etc/passwd',
    'C:\\a.yaml',
    '\\\\host\\a.yaml',
    'https://host/a.yaml',
    'file:a.yaml',
    '',
    '.',
  ])('a path that leads elsewhere is told and never followed: %s', name => {
    const others = { [name]: asset('Z', 'z'), 'a.yaml': asset('Z', 'z'), '../a.yaml': asset('Z', 'z') }
    const value = readWith(`${main(name)}${asset('A', 'a')}`, others)
    expect(rowsOf(value.design.elements).map(({ name }) => name)).toEqual(['A'])
    expect(value.summary.losses).toContainEqual(
      expect.objectContaining({ at: '/includes/0', why: expect.stringContaining('leads elsewhere') }),
    )
  })

  test('a broken one is refused with its own name and place', () => {
    const refusal = (text: string) => read(main('a.yaml'), { others: new Map([['a.yaml', text]]) })
    expect(refusal('a: [')).toMatchObject({
      ok: false,
      problems: [{ code: 'yaml.syntax', at: expect.stringMatching(/^a\.yaml:/) }],
    })
    expect(refusal('- a')).toMatchObject({ ok: false, problems: [{ code: 'threagile.part', at: 'a.yaml:/' }] })
    expect(refusal('technical_assets: 3')).toMatchObject({
      ok: false,
      problems: [{ code: 'threagile.section', at: 'a.yaml:/technical_assets' }],
    })
  })

  test('the command line can ask which files a main file names', () => {
    expect(includesOf(main('a.yaml', './b/c.yaml', 'a.yaml', '../x', '/y'))).toEqual(['a.yaml', 'b/c.yaml'])
    expect(includesOf('includes: [a.yaml]\n')).toEqual([])
    expect(includesOf('includes: [a.yaml]\n', true)).toEqual(['a.yaml'])
    expect(includesOf(JSON.stringify({ threagile_version: '1', includes: ['a.yaml', 3, null] }))).toEqual(['a.yaml'])
    for (const text of ['', '{', 'threagile_version: [', 'includes', 'threagile_version: 1\nincludes: a.yaml\n', '[]', 'null'])
      expect(includesOf(text)).toEqual([])
  })
})
