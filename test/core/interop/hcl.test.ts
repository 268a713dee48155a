import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type HclBody, parseHcl } from '../../../core/interop/threatcl/hcl.ts'
import { HCL_LIMITS } from '../../../core/interop/threatcl/hcl-reader.ts'
import type { HclValue } from '../../../core/interop/threatcl/hcl-values.ts'
import type { Problem } from '../../../core/support/result.ts'
import { ends } from '../../support/ends.ts'

function parsed(text: string): HclBody {
  const result = parseHcl('model.hcl', text)
  if (!result.ok) throw new Error(`${result.problems[0].at} ${result.problems[0].message}`)
  return result.value
}

/** The one problem of a refusal, which must be complete. */
function refused(text: string): Problem {
  const result = parseHcl('model.hcl', text)
  if (result.ok) throw new Error('it was read')
  expect(result.problems).toHaveLength(1)
  const [problem] = result.problems
  expect(problem).toMatchObject({ severity: 'error', code: expect.stringMatching(/^(hcl|file)\./) })
  expect(problem.at).toMatch(/^model\.hcl(:\d+:\d+)?$/)
  expect(problem.message).toMatch(/^[^\n]{10,300}\.$/)
  expect(problem.cure).toMatch(/\.$/)
  return problem
}

/** A value as plain data; expressions stand between guillemets. */
function plain(value: HclValue): unknown {
  if (value.is === 'literal') return value.value
  if (value.is === 'list') return value.items.map(plain)
  if (value.is === 'expression') return `«${value.source}»`
  return Object.fromEntries(value.entries.map(({ key, value: inner }) => [key, plain(inner)]))
}

function asRead(source: string): unknown {
  const [attribute, ...others] = parsed(`a = ${source}\n`).attributes
  expect(others).toEqual([])
  return attribute && plain(attribute.value)
}

/** A body without places. */
type Shape = { readonly [name: string]: unknown }

function shapeOf({ attributes, blocks }: HclBody): Shape {
  return {
    ...Object.fromEntries(attributes.map(({ name, value }) => [name, plain(value)])),
    blocks: blocks.map(({ type, labels, body }) => ({ head: [type, ...labels], body: shapeOf(body) })),
  }
}

describe('values', () => {
  test.each([
    ['"text"', 'text'],
    ['""', ''],
    ['"a \\"b\\" \\\\ \\n\\t\\r"', 'a "b" \\ \n\t\r'],
    ['"\\u00e4 \\U0001F512"', 'ä 🔒'],
    ['"# no // comment /* here */"', '# no // comment /* here */'],
    [`"$\${kept} %%{kept} $ % $$ 5%"`, `\${kept} %{kept} $ % $$ 5%`],
    ['17', 17],
    ['-2.5e3', -2500],
    ['true', true],
    ['false # said', false],
    ['null', null],
    ['[]', []],
    ['["a", 1, true,]', ['a', 1, true]],
    ['[\n  "a", # one\n  // two\n  "b" /* three */\n]', ['a', 'b']],
    ['{}', {}],
    ['{ a = 1, "b c": [2], d-e = {} }', { a: 1, 'b c': [2], 'd-e': {} }],
    ['{\n  a = 1\n  # note\n  b = 2,\n}', { a: 1, b: 2 }],
    ['/* before */ 1 /* after */', 1],
  ])('%s', (source, value) => {
    expect(asRead(source)).toEqual(value)
  })

  test.each([
    'import.control.control_name.description',
    'var.name',
    `"\${var.a}"`,
    `"a \${upper("}") } b"`,
    '"%{ if x }a%{ endif }"',
    'upper("x")',
    '1 + 2',
    '"a" == "b" ? 1 : 2',
    'a <= b && c != d || !e',
    'a >= b',
    'process["3rd_party"]',
    '["a", "b"][0]',
    '{ a = 1 }.a',
    '[for x in y : x if x != ""]',
    '{ for k, v in m : k => v... }',
    '{ (a) = 1, "b" = 2 }',
    `{ "\${a}" = 1 }`,
    'f(\n  1, # one\n  2\n)',
    '-a',
    '(1)',
    'trueish',
    'true.a',
    'list.*.id',
    `"\${<<EOT\nline\nEOT\n}"`,
  ])('%s stays as it is written', source => {
    expect(asRead(source)).toBe(`«${source}»`)
  })

  test('an expression in a list or an object is one of its values', () => {
    expect(asRead('[a.b, "c", f(1, [2])]')).toEqual(['«a.b»', 'c', '«f(1, [2])»'])
    expect(asRead('{ a = b.c, d = x ? 1 : 2 }')).toEqual({ a: '«b.c»', d: '«x ? 1 : 2»' })
  })

  test('an expression ends before a comment, and with its line', () => {
    expect(shapeOf(parsed('a = b.c // note\nd = e.f # note\ng = h /* note */\n'))).toMatchObject({ a: '«b.c»', d: '«e.f»' })
  })
})

describe('texts over several lines', () => {
  test('go up to the line with their marker', () => {
    expect(asRead('<<EOT\none\n  two "quoted" \\n\n\nEOT')).toBe('one\n  two "quoted" \\n\n\n')
    expect(asRead('<<EOT\nEOT')).toBe('')
    expect(asRead('<<EOT\nnot EOT\nEOTS\n  EOT')).toBe('not EOT\nEOTS\n')
  })

  test('lose the blanks that all lines begin with when the marker has a dash', () => {
    expect(asRead('<<-EOT\n    one\n      two\n\n    three\n  EOT')).toBe('one\n  two\n\nthree\n')
  })

  test('with something to compute are expressions', () => {
    expect(asRead(`<<EOT\na \${b}\nEOT`)).toBe(`«<<EOT\na \${b}\nEOT»`)
    expect(asRead(`<<EOT\na $\${b}\nEOT`)).toBe(`a \${b}\n`)
  })

  test('stand in lists and calls as well', () => {
    expect(asRead('[<<A\none\nA\n, <<B\ntwo\nB\n]')).toEqual(['one\n', 'two\n'])
    expect(asRead('upper(<<A\n)\nA\n)')).toBe('«upper(<<A\n)\nA\n)»')
  })

  test('may end with lines as Windows writes them', () => {
    expect(asRead('<<EOT\r\none\r\ntwo\r\nEOT\r')).toBe('one\ntwo\n')
  })
})

describe('blocks', () => {
  test('have labels, attributes and blocks in them', () => {
    const body = parsed('a = 1\nb "x" "y" {\n  c = 2\n  d e {}\n  d "f" { g = 3 }\n}\nh {\n}\n')
    expect(shapeOf(body)).toEqual({
      a: 1,
      blocks: [
        {
          head: ['b', 'x', 'y'],
          body: {
            c: 2,
            blocks: [
              { head: ['d', 'e'], body: { blocks: [] } },
              { head: ['d', 'f'], body: { g: 3, blocks: [] } },
            ],
          },
        },
        { head: ['h'], body: { blocks: [] } },
      ],
    })
  })

  test('know where they begin, also behind a byte order mark and lines of Windows', () => {
    const text = '\uFEFF# note\r\na = 1\r\nb "x" {\r\n}\r\n'
    const { attributes, blocks } = parsed(text)
    expect(text.slice(attributes[0]?.offset)).toMatch(/^a = 1/)
    expect(text.slice(blocks[0]?.offset)).toMatch(/^b "x"/)
    expect(refused(`${text}?`).at).toBe('model.hcl:5:1')
  })

  test('a name may have dashes and letters of any language', () => {
    expect(shapeOf(parsed('größe-2 = 1\n_x "ä" {}'))).toEqual({
      'größe-2': 1,
      blocks: [{ head: ['_x', 'ä'], body: { blocks: [] } }],
    })
  })

  test('an empty file holds nothing', () => {
    for (const text of ['', ' \n\t', '# note', '/* note */', '\uFEFF'])
      expect(parsed(text)).toEqual({ attributes: [], blocks: [] })
  })
})

describe('what is no HCL is refused where it is wrong', () => {
  test.each([
    ['a = 1\n}', '2:1', '"}" closes nothing.'],
    ['a = 1\nb {\n  c = 2\n', '2:1', 'This block is never closed with "}".'],
    ['a =\nb = 1', '1:4', 'A value is expected, not the end of the line.'],
    ['a = ', '1:5', 'A value is expected, not the end of the file.'],
    ['a 1', '1:3', '"=" or "{" is expected, not "1".'],
    ['a\nb = 1', '1:2', '"=" or "{" is expected, not the end of the line.'],
    ['a == 1', '1:3', '"=" or "{" is expected, not "=".'],
    ['= 1', '1:1', 'A name is expected, not "=".'],
    ['"a" = 1', '1:1', 'A name is expected, not """.'],
    ['a = 1\na = 2', '2:1', '"a" stands twice here.'],
    ['a = { b = 1, b = 2 }', '1:14', '"b" stands twice here.'],
    ['a = 1 b = 2', '1:7', 'After a value stands "b".'],
    ['a = c b = 2', '1:9', 'A second "=" stands in the same attribute.'],
    ['a = "x" "y"', '1:9', 'After a value stands """.'],
    ['a = ["x"\n"y"]', '2:1', 'After a value stands """.'],
    ['a = 1, 2', '1:6', 'After a value stands ",".'],
    ['a = "x\nb = "y"', '1:5', 'This text is never closed.'],
    ['a = "C:\\Users"', '1:8', '"\\U" stands for nothing in a text.'],
    ['a = "\\U00110000"', '1:6', '"\\U" stands for nothing in a text.'],
    ["a = 'x'", '1:5', '"\'" means nothing here.'],
    ['a = b @ c', '1:7', '"@" means nothing here.'],
    ['a = [1, 2', '1:5', 'What is opened here is never closed with "]".'],
    ['a = [1, 2}', '1:10', '"]" is expected, not "}".'],
    ['a = { b = 1 ]', '1:13', '"}" is expected, not "]".'],
    ['a = f(1]', '1:8', '"]" closes nothing: ")" is expected.'],
    ['a = f(1', '1:6', 'What is opened here is never closed with ")".'],
    [`a = "\${b`, '1:6', 'What is opened here is never closed with "}".'],
    [`a = "\${"b`, '1:8', 'This text is never closed.'],
    ['a = <<EOT\nx\n', '1:5', 'This text is never closed: no line holds EOT alone.'],
    ['a = <<EOT x\nEOT', '1:5', 'After << stands no marker that ends its line.'],
    ['/* note', '1:1', 'This comment is never closed.'],
    [`a "\${b}" {}`, '1:3', 'The label of a block holds an expression.'],
    ['a "x"\n{}', '1:6', '"=" or "{" is expected, not the end of the line.'],
    ['a = 1\u0000', '1:6', 'After a value stands "\u0000".'],
  ])('%j', (text, at, message) => {
    expect(refused(text)).toMatchObject({ code: 'hcl.syntax', at: `model.hcl:${at}`, message })
  })

  test.each(['__proto__ = 1', 'a { __proto__ = 1 }', '__proto__ {}', 'a "__proto__" {}', 'a = { "__proto__" = 1 }'])(
    '%s',
    text => {
      expect(refused(text).code).toBe('hcl.key')
    },
  )
})

describe('hostile texts', () => {
  // Five million characters, or a hundred thousand parts, each looked at once for each, take many minutes.
  const many = 100_000

  test.each([
    ['brackets', `a = ${'['.repeat(many)}`],
    ['objects', `a = ${'{b='.repeat(many)}`],
    ['parentheses', `a = ${'('.repeat(many)}`],
    ['blocks', 'a {\n'.repeat(many)],
    ['templates', `a = ${`"\${`.repeat(many)}`],
    ['brackets of all kinds', `a = f${'([{'.repeat(many)}`],
  ])('100,000 %s in each other are not walked', (_, text) => {
    expect(refused(text)).toMatchObject({ code: 'hcl.limit', message: `Nested more than ${HCL_LIMITS.depth} levels deep.` })
  })

  test.each([
    ['a text', `a = "${'x'.repeat(5_000_000)}`],
    ['a text of escapes', `a = "${'\\n'.repeat(2_500_000)}`],
    ['a text of signs', `a = "${'$'.repeat(5_000_000)}`],
    ['a text over lines', `a = <<EOT\n${'EOT x\n'.repeat(800_000)}`],
    ['a text over one line', `a = <<EOT\n${' '.repeat(5_000_000)}`],
    ['a comment', `/*${'*'.repeat(5_000_000)}`],
    ['a list', `a = [${' '.repeat(5_000_000)}`],
    ['a call', `a = f(${'x '.repeat(2_500_000)}`],
    ['a name', 'a'.repeat(5_000_000)],
    ['a marker', `a = <<${'E'.repeat(5_000_000)}`],
    ['comments', `${'/* */'.repeat(1_000_000)}}`],
    ['labels', `a ${'b '.repeat(150_000)}`],
  ])('%s of 5 MB without an end is refused', (_, text) => {
    ends(() => refused(text))
  })

  test.each([
    ['a text', `a = "${'x'.repeat(5_000_000)}"`],
    ['an expression', `a = ${'b+'.repeat(2_500_000)}c`],
    ['a comment', `# ${'x'.repeat(5_000_000)}`],
    ['comments', '#\n'.repeat(2_500_000)],
    ['signs', `a = "${'$%'.repeat(2_500_000)}"`],
    ['a deep text over lines', `a = <<-EOT\n${' '.repeat(2_500_000)}x\n${' '.repeat(2_500_000)}y\nEOT`],
    ['blank lines in a text', `a = <<-EOT\n${'\n'.repeat(3_000_000)}EOT`],
    ['a number', `a = ${'9'.repeat(5_000_000)}`],
    ['a long list', `a = [${'1,'.repeat(150_000)}]`],
    ['many blocks', 'a "b" {}\n'.repeat(60_000)],
    ['many templates', `a = "${`\${b}`.repeat(1_000_000)}"`],
    ['lists that go on as expressions', `a = ${'['.repeat(40)}${'1,'.repeat(100_000)}${']+1'.repeat(40)}`],
  ])('5 MB of %s are read to the end', (_, text) => {
    ends(() => parsed(text))
  })

  test('a megabyte of blocks as people write them is read to the end', () => {
    ends(() => parsed(`a "b" {\n  c = ["x", f(1), "\${d}"]\n  e = <<-EOT\n    one\n    EOT\n}\n`.repeat(20_000)))
  })

  test('more than anybody writes is refused', () => {
    expect(refused('a {}\n'.repeat(HCL_LIMITS.nodes + 1)).code).toBe('hcl.limit')
    expect(refused(`a = [${'1,'.repeat(HCL_LIMITS.nodes)}]`).code).toBe('hcl.limit')
    expect(refused(' '.repeat(HCL_LIMITS.length + 1)).code).toBe('file.large')
  })
})

const NAMES = fc.constantFrom('a', 'b-c', 'größe', '_d', 'for', 'true1', 'x2')
const BLANK = fc.constantFrom('', ' ', '\t ', '/* } */')
const LINE = fc.constantFrom('\n', '\r\n', ' # "\n', ' // {\r\n', '\n\n/* [ */\n')

type Written = { readonly text: string; readonly value: unknown }

/** A text as its writer may put it: in quotes, or over several lines where it ends with one. */
function written(value: string): string {
  return `"${value
    .replace(/[\\"]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replace(/[$%](?=\{)/g, '$&$&')}"`
}

const { value } = fc.letrec<{ value: Written }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\r', '$', '%', '{', '}', '#', 'ä', '🔒') }).map(text => {
      const value = text.replace(/([$%])\1+(?=\{)/g, '$1')
      return { text: written(value), value }
    }),
    fc.array(fc.constantFrom('one', '  two', '', '"', '# x')).map(lines => {
      const value = lines.map(line => `${line}\n`).join('')
      return { text: `<<EOT\n${value}EOT\n`, value }
    }),
    fc.oneof(fc.integer(), fc.boolean(), fc.constant(null)).map(value => ({ text: String(value), value })),
    fc
      .constantFrom('a.b[0]', 'f(1, "}")', `"x \${y}"`, 'c ? d : e', '!g')
      .map(source => ({ text: source, value: `«${source}»` })),
    fc.tuple(fc.array(tie('value'), { maxLength: 4 }), LINE).map(([items, line]) => ({
      text: `[${items.map(item => `${line}${item.text}${line},`).join('')}]`,
      value: items.map(item => item.value),
    })),
    fc
      .tuple(fc.uniqueArray(fc.tuple(NAMES, tie('value')), { maxLength: 3, selector: ([name]) => name }), LINE)
      .map(([entries, line]) => ({
        text: `{${entries.map(([key, { text }]) => `${line}"${key}" = ${text}`).join('')}${line}}`,
        value: Object.fromEntries(entries.map(([key, inner]) => [key, inner.value])),
      })),
  ),
}))

const { body } = fc.letrec<{ body: Written }>(tie => ({
  body: fc
    .tuple(
      fc.uniqueArray(fc.tuple(NAMES, BLANK, value), { maxLength: 3, selector: ([name]) => name }),
      fc.oneof(
        { maxDepth: 3, depthSize: 'small' },
        fc.constant([]),
        fc.array(fc.tuple(NAMES, fc.array(fc.string(), { maxLength: 2 }), tie('body')), { maxLength: 3 }),
      ),
      LINE,
    )
    .map(([attributes, blocks, line]) => ({
      text: [
        ...attributes.map(([name, blank, { text }]) => `${name}${blank}=${blank}${text}${line}`),
        ...blocks.map(
          ([type, labels, inner]) =>
            `${type} ${labels.map(label => `${written(label.replace(/([$%])\1+(?=\{)/g, '$1'))} `).join('')}{${line}${inner.text}}${line}`,
        ),
      ].join(''),
      value: {
        ...Object.fromEntries(attributes.map(([name, , inner]) => [name, inner.value])),
        blocks: blocks.map(([type, labels, inner]) => ({
          head: [type, ...labels.map(label => label.replace(/([$%])\1+(?=\{)/g, '$1'))],
          body: inner.value,
        })),
      },
    })),
}))

describe('any text', () => {
  test('that is well written is read as it was meant', () => {
    fc.assert(
      fc.property(body, ({ text, value }) => {
        expect(shapeOf(parsed(text))).toEqual(value)
      }),
      { numRuns: 500 },
    )
  })

  test('with a piece cut out or put in is read or refused with its place', () => {
    fc.assert(
      fc.property(
        body,
        fc.nat(),
        fc.nat(20),
        fc.constantFrom('', '{', '}', '"', `\${`, '<<', '/*', '[', '\n', '=', '\u0000'),
        (one, at, length, piece) => {
          const from = at % (one.text.length + 1)
          const text = one.text.slice(0, from) + piece + one.text.slice(from + length)
          const result = parseHcl('model.hcl', text)
          if (!result.ok) refused(text)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('at all is read or refused', () => {
    const unit = fc.constantFrom(
      'a',
      ' ',
      '\n',
      '=',
      '"',
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      '$',
      '%',
      '\\',
      '<',
      '-',
      '#',
      '/',
      '*',
      ',',
      ':',
      '1',
      '\ud800',
    )
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), text => {
        const result = parseHcl('model.hcl', text)
        if (!result.ok) refused(text)
      }),
      { numRuns: 3000 },
    )
  })
})
