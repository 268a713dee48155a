import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newEntry } from '../../core/model/ledger.ts'
import type { makePrompt } from '../../core/prompts/make.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import { recordOf } from '../../renderer/commands/definitions/review-verdict.ts'
import { diffLines, stretchesOf } from '../../renderer/state/line-diff.ts'
import { gutterLines, lookOf } from '../../renderer/views/prompts/prompts-model.ts'
import { entryWords, ledgerDays } from '../../renderer/views/reports/ledger-model.ts'
import { parseMarkdown, spansOf } from '../../renderer/views/reports/markdown-parse.ts'
import { ends } from '../support/ends.ts'

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 14 }).map(lines => lines.map(line => `${line}\n`).join(''))

describe('the difference of two files', () => {
  it.each([
    ['nothing', 'a\nb\n', 'a\nb\n', 'aa bb'],
    ['a line added', 'a\n', 'a\nb\n', 'aa +b'],
    ['a line removed', 'a\nb\n', 'b\n', '-a bb'],
    ['a new file', undefined, 'a\n', '+a'],
    ['a removed file', 'a\n', undefined, '-a'],
    ['a line changed', 'a\nb\nc\n', 'a\nx\nc\n', 'aa -b +x cc'],
  ])('%s', (_name, before, after, expected) => {
    const marks = { same: '', added: '+', removed: '-' }
    const lines = diffLines(before, after).map(line =>
      line.kind === 'same' ? line.text + line.text : marks[line.kind] + line.text,
    )
    expect(lines.join(' ')).toBe(expected)
  })

  it('holds both files, whole and in order, with their line numbers', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after)
        const side = (key: 'before' | 'after') => lines.filter(line => line[key] !== undefined)
        const written = (value: string) => (value === '' ? [] : value.replace(/\n$/, '').split('\n'))
        expect(side('before').map(line => line.text)).toEqual(written(before))
        expect(side('after').map(line => line.text)).toEqual(written(after))
        expect(side('after').map(line => line.after)).toEqual(side('after').map((_, i) => i + 1))
      }),
      { numRuns: 150 },
    )
  })

  it('is short: equal files have no changed line', () => {
    fc.assert(
      fc.property(text, value => diffLines(value, value).every(line => line.kind === 'same')),
      { numRuns: 50 },
    )
  })

  it('does not stop the window on files of many lines', () => {
    // Compared each with each, these are 40 thousand million pairs, and a table that no memory holds.
    const big = Array.from({ length: 200_000 }, (_, i) => `line ${i}`).join('\n')
    expect(ends(() => diffLines(big, `${big}\nmore`))).toHaveLength(200_001)
    expect(ends(() => diffLines(big, big.replaceAll('line', 'other')))).toHaveLength(400_000)
  })

  it('shows changes with what is around them and counts the rest', () => {
    const before = Array.from({ length: 30 }, (_, i) => `${i}`).join('\n')
    const pieces = stretchesOf(diffLines(before, before.replace('\n15\n', '\nx\n')), 2)
    expect(pieces.map(piece => (piece.kind === 'gap' ? piece.lines : piece.lines.length))).toEqual([13, 6, 12])
  })
})

describe('a report as blocks', () => {
  it('reads headings, lists, tables, code and paragraphs', () => {
    const blocks = parseMarkdown(
      '# A\n\ntext\nmore\n\n- one\n- two\n  of it\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```mermaid\nflowchart\n```\n\n---\n',
    )
    expect(blocks).toEqual([
      { kind: 'heading', level: 1, text: 'A' },
      { kind: 'paragraph', text: 'text more' },
      { kind: 'list', items: ['one', 'two of it'] },
      { kind: 'table', head: ['a', 'b'], rows: [['1', '2']] },
      { kind: 'code', language: 'mermaid', text: 'flowchart' },
      { kind: 'rule' },
    ])
  })

  it('keeps mark-up of the design as text', () => {
    expect(parseMarkdown('<script>alert(1)</script>')).toEqual([{ kind: 'paragraph', text: '<script>alert(1)</script>' }])
    expect(spansOf('\\*not bold\\*')).toEqual([{ kind: 'text', text: '*not bold*' }])
  })

  it('finds bold, emphasis and code inside a line', () => {
    expect(spansOf('a **b** _c_ `d_e_f`')).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'strong', text: 'b' },
      { kind: 'text', text: ' ' },
      { kind: 'emphasis', text: 'c' },
      { kind: 'text', text: ' ' },
      { kind: 'code', text: 'd_e_f' },
    ])
  })

  it('loses no letter of any text', () => {
    const letters = (value: unknown): number =>
      typeof value === 'string'
        ? value.split('a').length - 1
        : Object.values(value ?? {}).reduce((sum: number, one) => sum + letters(one), 0)
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '#', '|', '-', '```', '\n', ' ', '*', '_', '\\'), { maxLength: 60 }), signs => {
        const written = signs.join('')
        const kept = parseMarkdown(written).map(block => ({ ...block, kind: '' }))
        expect(letters(kept)).toBe(letters(written))
      }),
      { numRuns: 400 },
    )
  })
})

describe('the ledger', () => {
  const answer = newEntry(
    [],
    'signed-off',
    { workItem: 'W-1', check: 'C-1', answer: 'pass', observation: 'Read it.' },
    { at: '2026-11-22T16:00:00Z', by: 'reviewer' },
  )
  const copied = newEntry(
    [answer.hash],
    'prompt-copied',
    { id: 'P-1', target: 'markdown' },
    { at: '2026-11-23T09:00:00Z', by: 'developer' },
  )
  const state = { entries: [answer, copied], heads: [copied.hash], ok: true, problems: [] }

  it('is told by days, the latest first', () => {
    expect(ledgerDays(state).map(day => [day.day, day.entries.length])).toEqual([
      ['2026-11-23', 1],
      ['2026-11-22', 1],
    ])
  })

  it('says what an entry is about', () => expect(entryWords(copied)).toBe('P-1 · for markdown'))
})

describe('what the host answers', () => {
  it.each([[undefined], [null], [{}], [{ checks: 3 }]])('%j is no record', value => expect(recordOf(value)).toBeUndefined())
})

describe('the gutter of a prompt', () => {
  it('shows objects and leaves template files out', () => {
    const prompt = { text: '# A\nb\n', lines: [{ line: 2, from: ['R-1', 'templates/prompt'] }] } as unknown as Extract<
      ReturnType<typeof makePrompt>,
      { ok: true }
    >['value']
    expect(gutterLines(prompt).map(line => line.from)).toEqual([[], ['R-1'], []])
    expect(['# A', '| a |', '```', 'a'].map(lookOf)).toEqual(['head', 'table', 'rule', 'plain'])
  })

  it('has targets to choose from', () =>
    expect(builtinPacks.targets.flatMap(pack => pack.targets).map(target => target.name)).toContain('markdown'))
})
