import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsImports, scriptsIn } from '../../../core/dependencies/js-imports.ts'
import { pythonImports } from '../../../core/dependencies/python-imports.ts'

const js = (source: string) => jsImports(source).specifiers.map(({ text }) => text)
const python = (source: string) => pythonImports(source).specifiers.map(({ text }) => text)

describe('JavaScript and TypeScript', () => {
  test.each([
    [`import 'a'`, ['a']],
    [`import a from "b"`, ['b']],
    [`import a, { b as c, type D } from 'x/y'`, ['x/y']],
    [`import * as a from 'x'`, ['x']],
    [`import type { A } from 'x'`, ['x']],
    [`import { "odd name" as a } from 'x'`, ['x']],
    [`import x = require('y')`, ['y']],
    [`import a from 'x' with { type: 'json' }`, ['x']],
    [`export * from 'x'; export * as y from 'z'`, ['x', 'z']],
    [`export { a, b } from 'x'; export type { C } from 'y'`, ['x', 'y']],
    [`export const a = 'from'; export default 'x'`, []],
    [`export { a }; const from = 'x'`, []],
    [`const a = require('x'), b = require.resolve("y")`, ['x', 'y']],
    ['const a = await import(`x`)', ['x']],
    [`import('x', { with: {} }).then(y => y)`, ['x']],
    [`import(name); require(\`a\${b}\`); require('a' + b)`, []],
    [`import.meta.url; a.import('x'); a.require('y')`, []],
    [`// import 'a'\n/* import 'b' */ import 'c'`, ['c']],
    [`const a = "import 'x'"; const b = 'import "y"'`, []],
    [`const a = \`import "x" \${require("y")} import "z"\``, ['y']],
    [`const a = \`\${\`\${require("deep")}\`}\`; import "after"`, ['deep', 'after']],
    [`const a = /import 'x'/; import 'y'`, ['y']],
    [`const a = b / c; import 'x' // /`, ['x']],
    [`const a = \`\${/\`/.test('x')}\`; import 'y'`, ['y']],
    [`if (a) { return /["']/ } import 'y'`, ['y']],
    [`const a = <p>Don't</p>\nimport 'x'`, ['x']],
    [`import '\\x65vil'; import '\\u{65}vil'`, ['evil', 'evil']],
    [`#!/usr/bin/env node\nimport 'x'`, ['x']],
    ['', []],
  ])('%s', (source, expected) => expect(js(source)).toEqual(expected))

  test('lines', () => {
    const source = `/*\n*/\nimport 'a'\nconst t = \`\n\n\`\nimport {\n  b,\n} from 'c'`
    expect(jsImports(source).specifiers).toEqual([
      { text: 'a', line: 3 },
      { text: 'c', line: 9 },
    ])
  })

  test('what never ends is said, for it may hide the rest', () => {
    expect(
      [jsImports("a = `\nimport 'x'"), jsImports('/* import'), jsImports("import 'x'")].map(({ isWhole }) => isWhole),
    ).toEqual([false, false, true])
  })

  test('component files', () => {
    const source = `<template><p>import 'no'</p></template>\n<script setup lang="ts">\nimport a from 'x'\n</script>\n<script>\nimport 'y'\n</script>`
    expect(jsImports(scriptsIn(source)).specifiers).toEqual([
      { text: 'x', line: 3 },
      { text: 'y', line: 6 },
    ])
  })

  test('no text makes it fall over, and a comment around an import hides it from any text after', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...`\`\${}/*\\'"\n import from(a)<>`), maxLength: 80 }), text => {
        expect(Array.isArray(js(text))).toBe(true)
        expect(js(`/*${text.replaceAll('*', '')}*/ import 'x'`)).toEqual(['x'])
      }),
    )
  })

  test('the work grows with the length and not faster', () => {
    for (const piece of ['import {', '(/[', `\`\${`, '/', "'", '/*', '<script', 'import a,'])
      expect(js(scriptsIn(piece.repeat(50_000)) + piece.repeat(50_000)).length).toBeLessThan(2)
  })
})

describe('Python', () => {
  test.each([
    ['import a', ['a']],
    ['import a.b as c, d', ['a', 'd']],
    ['from a.b import c', ['a']],
    ['from . import a\nfrom .b import c', []],
    ['from a import (\n  b,\n  c,\n)', ['a']],
    ['import a; import b', ['a', 'b']],
    ['try: import a\nexcept: import b', ['a']],
    ['    import a  # import b', ['a']],
    ["'''\nimport a\n'''\nimport b", ['b']],
    ['x = "import a"\nimportant = 1', []],
    ['from', []],
    ['import a, \\\n  b', ['a', 'b']],
  ])('%s', (source, expected) => expect(python(source)).toEqual(expected))

  test('lines after a backslash', () => {
    expect(pythonImports('a = 1 + \\\n  2\nimport b').specifiers).toEqual([{ text: 'b', line: 3 }])
  })
})
