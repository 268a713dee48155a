import { createHash } from 'node:crypto'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { fileText } from '../../core/model/canonical.ts'
import { element } from '../core/model/designs.ts'
import { skeptic } from '../support/cli.ts'
import { Repository, taking } from './merging.ts'

describe('skeptic merge', () => {
  function merged(texts: readonly (string | Uint8Array | undefined)[], ...more: string[]) {
    const repository = new Repository({ driver: false })
    const names = ['base', 'ours', 'theirs']
    for (const [at, text] of texts.entries()) if (text !== undefined) repository.write(names[at] as string, text as string)
    const ran = skeptic(['merge', ...names, ...more], { cwd: repository.dir })
    return { ran, text: texts[1] === undefined ? '' : repository.read('ours') }
  }
  const row = (fields: object) => fileText({ ...element('E-00001'), ...fields })
  const PATH = 'threat-model/elements/E-00001.json'

  test('a file that both branches made is merged from nothing', () => {
    const { ran, text } = merged(['', row({ technology: 'Go' }), row({ description: 'New.' })], '--path', PATH)
    expect(ran).toMatchObject({ code: 0, out: '', err: '' })
    expect(JSON.parse(text)).toMatchObject({ technology: 'Go', description: 'New.' })
  })

  test('says as JSON what it asks', () => {
    const { ran } = merged([row({}), row({ name: 'A' }), row({ name: 'B' })], '--path', PATH, '--json')
    expect(ran.code).toBe(1)
    expect(ran.json()).toEqual({
      path: PATH,
      by: 'field',
      conflicts: [{ table: 'elements', id: 'E-00001', field: 'name', base: 'E-00001', ours: 'A', theirs: 'B' }],
    })
  })

  test('what is no file of a design is merged by lines, as git does', () => {
    const other = (a: number, b: number) => `{\n  "a": ${a},\n\n\n\n\n  "b": ${b}\n}\n`
    for (const where of ['threat-model/keys.json', PATH]) {
      const { ran, text } = merged([other(1, 1), other(2, 1), other(1, 2)], '--path', where)
      expect(ran.code, ran.err).toBe(0)
      expect(text).toBe(other(2, 2))
      const both = merged([other(1, 1), other(2, 1), other(3, 1)], '--path', where)
      expect(both.ran.code).toBe(1)
      expect(both.text).toContain('<<<<<<< ours\n  "a": 2,\n=======\n  "a": 3,\n>>>>>>> theirs\n')
    }
  })

  test('a design file that is broken on one side is never mended in silence', () => {
    const broken = `${row({ name: 'A' })}{`
    const { ran, text } = merged([row({}), broken, row({ description: 'x' })], '--path', PATH)
    expect([0, 1]).toContain(ran.code)
    expect(taking('ours', text)).toContain('{')
    expect(() => JSON.parse(text)).toThrow()
  })

  test('neither text nor design, or not there: one message, and ours stays', () => {
    const bytes = new Uint8Array([0, 255, 1])
    const binary = merged([bytes, new Uint8Array([0, 254]), new Uint8Array([0, 253])], '--path', PATH)
    expect(binary.ran.code).toBe(3)
    expect(binary.ran.err).toContain('Neither a file of a design nor a text that git can merge')
    const gone = merged([row({}), row({}), undefined], '--path', PATH)
    expect(gone.ran.code).toBe(3)
    expect(gone.ran.err).toContain('theirs')
  })

  test('characters that a terminal would obey do not reach it', () => {
    const { ran } = merged([row({}), row({ name: '\u009b31mA' }), row({ name: '\u202eB' })], '--path', PATH)
    expect(ran.err).toContain('<U+009B>31mA')
    expect(ran.err).toContain('<U+202E>B')
  })

  test('the same three files give the same bytes', () => {
    const texts = [row({}), row({ name: 'A', paths: { b: true } }), row({ name: 'B', paths: { a: true } })]
    const digest = () =>
      createHash('sha256')
        .update(merged(texts, '--path', PATH).text)
        .digest('hex')
    expect(digest()).toBe(digest())
  })

  test('without --path the place of OURS says what it is', () => {
    const repository = new Repository({ driver: false })
    for (const [name, fields] of Object.entries({ a: {}, b: { name: 'A' }, c: { technology: 'Go' } }))
      repository.write(`${name}/elements/E-00001.json`, row(fields))
    const files = ['a', 'b', 'c'].map(name => path.join(name, 'elements/E-00001.json'))
    expect(skeptic(['merge', ...files], { cwd: repository.dir }).code).toBe(0)
    expect(JSON.parse(repository.read('b/elements/E-00001.json'))).toMatchObject({ name: 'A', technology: 'Go' })
  })
})
