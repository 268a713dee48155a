import { describe, expect, test } from 'vitest'
import { ends } from '../../support/ends.ts'
import { expectSound, imported, refused } from './imported.ts'
import { modelV2, threat } from './models.ts'

describe('hostile files', () => {
  test('200 MB are not read', () => {
    expect(refused(' '.repeat(200 * 1024 * 1024))).toMatchObject({
      code: 'file.large',
      message: expect.stringContaining('200 MB'),
    })
  })

  test('100,000 levels are not walked', () => {
    expect(refused(`{"detail":${'['.repeat(100_000)}${']'.repeat(100_000)}}`).code).toBe('json.deep')
    expect(refused('{"detail":'.repeat(100_000)).code).toBe('json.deep')
  })

  test('keys that reach into every object are refused with their place', () => {
    const text = JSON.stringify(modelV2()).replace('"reviewer"', '"__proto__":{"polluted":1},"reviewer"')
    expect(refused(text)).toMatchObject({ code: 'json.key', at: expect.stringMatching(/^model\.json:1:\d+$/) })
    expect(refused(text.replace('__proto__', '\\u005f_proto__')).code).toBe('json.key')
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test('words that every object knows are only words', () => {
    const cell = {
      id: 'constructor',
      shape: 'toString',
      data: { type: 'hasOwnProperty', constructor: 1, threats: [{ status: 'valueOf', type: 'toString' }] },
    }
    const { design } = imported(modelV2([cell, { id: 'f', shape: 'flow', source: { cell: 'constructor' }, data: {} }]))
    expectSound(design)
    expect(Object.values(design.flows)[0]?.source).toBeUndefined()
  })

  test.each([
    ['diagrams', { detail: { diagrams: Array.from({ length: 1001 }, () => ({})) } }],
    ['cells', modelV2(Array.from({ length: 50_001 }, () => 0))],
    ['boxes', modelV2(Array.from({ length: 2001 }, () => ({ shape: 'trust-boundary-box' })))],
    ['threats', modelV2([{ shape: 'process', data: { threats: Array.from({ length: 100_001 }, () => 0) } }])],
  ])('too many %s are refused', (what, model) => {
    expect(refused(model)).toMatchObject({ code: 'import.tooMany', message: expect.stringContaining(what) })
  })

  test('lone surrogates, control characters and infinite numbers do not reach the design', () => {
    const text = JSON.stringify(
      modelV2([
        {
          id: 'a\ud800',
          shape: 'process',
          position: { x: 1, y: 2 },
          data: { name: 'A\u0000\udc00B', 'k\ud800': ['\ud800'], deep: { number: 17 } },
        },
      ]),
    ).replace('"number":17', '"number":-1e999')
    const { design } = imported(text.replace('"x":1', '"x":1e400'))
    expectSound(design)
    const row = Object.values(design.elements)[0]
    expect(row).toMatchObject({ name: 'A\uFFFDB', foreign: { 'k\uFFFD': ['\uFFFD'], deep: { number: null } } })
    expect(design.layout).toEqual({})
  })

  test('endless texts are cut where a sentence ends and kept where there is room', () => {
    const long = 'x'.repeat(5000)
    const { design } = imported(
      modelV2([{ shape: 'process', data: { name: long, threats: [threat({ title: long, mitigation: long })] } }]),
    )
    expectSound(design)
    expect(Object.values(design.elements)[0]?.name).toHaveLength(400)
    expect(Object.values(design.elements)[0]?.foreign?.name).toBe(long)
    expect(Object.values(design.threats)[0]?.statement).toHaveLength(4000)
    expect(Object.values(design.threats)[0]?.foreign?.title).toBe(long)
    expect(Object.values(design.mitigations)[0]?.description).toBe(long)
  })

  test('more unknown keys than a row may carry become a loss', () => {
    const { design, summary } = imported(modelV2([{ shape: 'process', data: { name: 'A', picture: 'x'.repeat(30_000) } }]))
    expect(Object.values(design.elements)[0]).not.toHaveProperty('foreign')
    expect(summary.losses.map(loss => loss.what)).toContain('Other keys of 1 object')
  })

  test('the largest drawing that is read comes to its end', () => {
    const cell = (i: number) => ({
      id: `c${i}`,
      shape: i % 25 === 0 ? 'trust-boundary-box' : 'process',
      position: { x: i % 997, y: i % 991 },
      size: { width: 1 + (i % 300), height: 1 + (i % 200) },
      data: { name: `Thing ${i}` },
    })
    const { summary } = ends(() => imported(modelV2(Array.from({ length: 50_000 }, (_, i) => cell(i)))))
    expect(summary.counts.elements).toBe(48_000)
  })
})
