import { describe, expect, test } from 'vitest'
import { FILTER_LIMITS, isFault, parseFilter } from '../../../core/interop/tb7/filter.ts'

const P = { asks: 'type', of: 'source', type: 'GE.P' }
const S = { asks: 'type', of: 'target', type: 'GE.DS' }
const C = { asks: 'crossing', type: 'GE.TB.B' }

describe('filters that can be read', () => {
  test.each([
    ["source is 'GE.P'", P],
    ["  source\n  is\t'GE.P'  ", P],
    ["SOURCE Is ' GE.P '", P],
    ["source is'GE.P'", P],
    ["flow crosses 'GE.TB.B'", C],
    ["flow is 'SE.DF.HTTP'", { asks: 'type', of: 'flow', type: 'SE.DF.HTTP' }],
    ["target.code-Type is 'Not Selected'", { asks: 'value', of: 'target', attribute: 'code-Type', value: 'Not Selected' }],
    [
      "flow.54851a3b-65da-4902-b4e0-94ef015be735 is 'None'",
      { asks: 'value', of: 'flow', attribute: '54851a3b-65da-4902-b4e0-94ef015be735', value: 'None' },
    ],
    ["flow.a is ''", { asks: 'value', of: 'flow', attribute: 'a', value: '' }],
    ["(source is 'GE.P')", P],
    ["((source is 'GE.P'))", P],
    ["not source is 'GE.P'", { asks: 'not', part: P }],
    ["not not source is 'GE.P'", { asks: 'not', part: { asks: 'not', part: P } }],
    ["source is 'GE.P' and target is 'GE.DS'", { asks: 'and', parts: [P, S] }],
    [
      "source is 'GE.P'and target is 'GE.DS'or flow crosses 'GE.TB.B'",
      { asks: 'or', parts: [{ asks: 'and', parts: [P, S] }, C] },
    ],
    [
      "source is 'GE.P' or target is 'GE.DS' and flow crosses 'GE.TB.B'",
      { asks: 'or', parts: [P, { asks: 'and', parts: [S, C] }] },
    ],
    [
      "(source is 'GE.P' or target is 'GE.DS')and flow crosses 'GE.TB.B'",
      { asks: 'and', parts: [{ asks: 'or', parts: [P, S] }, C] },
    ],
    ["not source is 'GE.P' and target is 'GE.DS'", { asks: 'and', parts: [{ asks: 'not', part: P }, S] }],
    ["not (source is 'GE.P' and target is 'GE.DS')", { asks: 'not', part: { asks: 'and', parts: [P, S] } }],
  ])('%s', (text, filter) => {
    expect(parseFilter(text)).toEqual(filter)
  })

  test('a chain as long as allowed', () => {
    const filter = parseFilter(Array.from({ length: FILTER_LIMITS.conditions }, () => "flow is 'A'").join(' or '))
    expect(isFault(filter) ? filter : filter.asks === 'or' && filter.parts.length).toBe(FILTER_LIMITS.conditions)
  })
})

describe('filters that cannot', () => {
  test.each([
    ["sorce is 'GE.P'", 0, 'source, target, flow, "not" or "(" is expected, not "sorce"'],
    ["'GE.P' is source", 0, 'source, target, flow, "not" or "(" is expected, not the text \'GE.P\''],
    ['source', 6, '"is" is expected, not the end'],
    ["source = 'GE.P'", 7, '"is" is expected, not "="'],
    ["source crosses 'GE.TB.B'", 7, '"is" is expected, not "crosses"'],
    ["flow.a crosses 'GE.TB.B'", 7, '"is" is expected, not "crosses"'],
    ["flow meets 'GE.TB.B'", 5, '"is" or "crosses" is expected, not "meets"'],
    ["source. is 'x'", 0, 'an attribute is expected after "source."'],
    ['source is GE.P', 10, 'a text in single quotes is expected, not "GE.P"'],
    ['source is  ', 9, 'a text in single quotes is expected, not the end'],
    ["source is 'GE.P", 10, 'this quote is never closed'],
    ["source is 'GE.P' target is 'GE.DS'", 17, '"and" or "or" is expected, not "target"'],
    ["source is 'GE.P')", 16, 'this parenthesis closes nothing'],
    ["source is 'GE.P' and (target is 'GE.DS' or flow is 'x'", 21, 'this parenthesis is never closed'],
    ["(source is 'GE.P' target is 'x')", 18, '"and", "or" or ")" is expected, not "target"'],
    ["source is 'GE.P' and", 20, 'source, target, flow, "not" or "(" is expected, not the end'],
    ["source is 'GE.P' and or flow is 'x'", 21, 'source, target, flow, "not" or "(" is expected, not "or"'],
    ['()', 1, 'source, target, flow, "not" or "(" is expected, not ")"'],
    ['not', 3, 'source, target, flow, "not" or "(" is expected, not the end'],
    ['', 0, 'source, target, flow, "not" or "(" is expected, not the end'],
  ])('%s', (text, offset, reason) => {
    expect(parseFilter(text)).toEqual({ offset, reason })
  })

  test('too deep, by parentheses or by not', () => {
    const { depth } = FILTER_LIMITS
    expect(parseFilter('('.repeat(5000))).toEqual({ offset: depth, reason: `it is nested more than ${depth} levels deep` })
    expect(parseFilter('not '.repeat(depth + 1))).toMatchObject({ offset: depth * 4 })
    expect(isFault(parseFilter(`${'('.repeat(depth)}flow is 'A'${')'.repeat(depth)}`))).toBe(false)
  })

  test('too long, in characters or in conditions', () => {
    expect(parseFilter('x'.repeat(10_000_000))).toEqual({
      offset: 0,
      reason: 'it has 10000000 characters; at most 20000 are read',
    })
    const many = Array.from({ length: FILTER_LIMITS.conditions + 1 }, () => "flow is 'A'").join(' or ')
    expect(parseFilter(many)).toEqual({ offset: 200 * 15, reason: 'it has more than 200 conditions' })
  })
})
