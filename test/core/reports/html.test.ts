import { describe, expect, test } from 'vitest'
import { asHtml } from '../../../core/reports/document/as-html.ts'
import { cell, columns, heading, table } from '../../../core/reports/document/blocks.ts'
import { reportStyle } from '../../../core/reports/document/html-style.ts'
import { isTurned } from '../../../core/reports/document/turned.ts'
import type { Block, ReportDocument } from '../../../core/reports/document/types.ts'

function documentOf(...sections: readonly Block[]): ReportDocument {
  const stamp = {
    design: 'Bank',
    digest: `sha256:${'0'.repeat(64)}`,
    at: '2026-11-22T16:00:00Z',
    version: '',
    stale: [],
    warnings: [],
  }
  return { kind: 'model', title: 'Threat model: Bank', stamp, notCovered: [], sections }
}

const page = (...sections: readonly Block[]) => [...asHtml(documentOf(...sections))].join('')
const rows = (...lines: readonly (readonly string[])[]) =>
  table({
    name: 'rows',
    caption: 'Rows.',
    columns: columns(Object.fromEntries((lines[0] ?? []).map((_, i) => [`c${i}`, `C${i}`]))),
    rows: () => lines.map(line => line.map(text => cell(text))),
  })
const figure = (width: number, height: number) =>
  ({
    kind: 'figure',
    caption: 'Main',
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="${width}" height="${height}"></svg>`,
    words: 'All.',
  }) as const

describe('words from right to left', () => {
  test('turn round among themselves, beside ids and in titles, and others are left alone', () => {
    const html = page({ kind: 'list', items: [[{ ref: 'T-1' }, ' אויב', '; and 2 more.']] }, rows(['مرحبا'], ['Hello']))
    expect(html).toContain('<li>T-1 <bdi>אויב</bdi>; and 2 more.</li>')
    expect(html).toContain('<bdi>مرحبا</bdi>')
    expect(html.match(/<bdi>/g)).toHaveLength(2)
  })
})

describe('tables', () => {
  test('ids, days and verdicts stay whole; sentences and long names do not', () => {
    const html = page(rows(['T-DEB1T', '2031-01-31', 'A customer', 'a'.repeat(30)]))
    expect(html).toMatch(/<td class="id">T-DEB1T<\/td><td class="id">2031-01-31<\/td><td>A customer<\/td><td class="long">a{30}</)
  })

  test('scroll within themselves from four columns on, with a name of their own', () => {
    expect(page(rows(['1', '2', '3']))).not.toContain('role="region"')
    expect(page(rows(['1', '2', '3', '4']))).toContain('<div class="wide" role="region" tabindex="0" aria-label="Rows. (rows)">')
    expect(page(rows(['1', '2', '3', '4', '5', '6']))).toContain('<div class="wide very"')
  })

  test('a small matrix stays on one page, a large one may be broken', () => {
    const matrix = (count: number): Block => ({
      ...{ kind: 'matrix', name: 'm', caption: 'M', corner: 'C', columns: ['1', '2'] },
      rows: Array.from({ length: count }, () => ({ head: ['h'], cells: [cell('a'), cell('b')] })),
    })
    expect(page(matrix(6))).toContain('class="cells whole"')
    expect(page(matrix(7))).toContain('class="cells"')
  })

  test('an endless name in a matrix may break: wider than the page, it would shrink all of it on paper', () => {
    const rows = ['x'.repeat(90), 'Short'].map(name => ({ head: [{ ref: 'E-1' }, ` ${name}`], cells: [cell('a')] }))
    const html = page({ kind: 'matrix', name: 'm', caption: 'M', corner: 'C', columns: ['1'], rows })
    expect(html).toMatch(/<th scope="row" class="long">E-1 x{90}</)
    expect(html).toContain('<th scope="row">E-1 Short<')
  })

  test('names of rules break at their dots', () => {
    expect(page({ kind: 'paragraph', spans: [{ code: 'gate.finding.undecided' }] })).toContain('gate.<wbr>finding.<wbr>undecided')
  })
})

describe('a wide picture', () => {
  test.each([
    [600, 400, false],
    [2000, 1000, true],
    [1500, 1600, false],
    [900, 3000, false],
  ])('of %d by %d lies on its side: %s', (width, height, turned) => {
    expect(isTurned(figure(width, height))).toBe(turned)
  })

  test('takes its heading along, and only its own', () => {
    const html = page(heading('Before'), heading('Diagram'), figure(2000, 1000), heading('After'))
    expect(html).toContain('<h2 class="turned" id="diagram">')
    expect(html).toContain('<figure class="turned">')
    expect(html.match(/class="turned"/g)).toHaveLength(2)
  })

  test('a picture without measures stays upright', () => {
    expect(isTurned({ ...figure(1, 1), svg: '' })).toBe(false)
  })
})

test('only the executive page is set closer', () => {
  const model = documentOf()
  expect(reportStyle({ ...model, kind: 'executive' }).length).toBeGreaterThan(reportStyle(model).length)
})
