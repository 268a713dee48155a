import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { FORMATS } from '../../core/interop/formats.ts'
import { REPORT_KINDS } from '../../core/reports/kinds.ts'
import { builtinPacks } from '../../packs/builtin.ts'

const root = path.resolve(import.meta.dirname, '../..')
const textOf = (paper: string) => readFileSync(path.join(root, paper), 'utf8')
const files = (folder: string) => readdirSync(path.join(root, folder)).filter(name => name.endsWith('.json')).length
const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0)
const inWords = (count: number) =>
  ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'][count] ??
  ['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen', 'twenty'][count - 13]

const rules = sum(builtinPacks.rules.map(pack => pack.rules.length))
const controls = sum(builtinPacks.controls.map(pack => pack.controls.length))

test('packs, rules and controls', () => {
  const [rulePacks, controlPacks] = [builtinPacks.rules.length, builtinPacks.controls.length]
  expect(textOf('README.md')).toContain(
    `${rulePacks} rule packs and ${controlPacks} control packs that ship (${rules} rules, ${controls} controls)`,
  )
  expect(textOf('docs/comparison.md')).toContain(`${rules} rules as data`)
})

test('formats that are read and written', () => {
  const [read, written] = [FORMATS.filter(({ read: isRead }) => isRead), FORMATS.filter(({ write }) => write)].map(
    all => all.length,
  )
  expect(textOf('README.md')).toContain(`reads ${inWords(read ?? 0)} formats`)
  expect(textOf('README.md')).toContain(`writes ${inWords(written ?? 0)} (`)
})

test('starting designs, frameworks and reports', () => {
  const readme = textOf('README.md')
  expect(readme).toContain(`one of ${inWords(files('packs/starts'))} starting designs`)
  expect(readme).toContain(`how far ${files('packs/frameworks')} published frameworks`)
  expect(readme).toContain(`**Reports** for ${inWords(Object.keys(REPORT_KINDS).length)} readers`)
})

test('coding tools that prompts are written for', () => {
  const { targets } = JSON.parse(textOf('packs/targets/targets.json')) as {
    readonly targets: readonly { readonly tool: string }[]
  }
  const tools = new Set(targets.map(({ tool }) => tool))
  // Neither is a tool: one is whichever there is, the other is for measuring.
  const named = [...tools].filter(tool => tool !== 'Any tool' && tool !== 'Measuring')
  expect(textOf('docs/comparison.md')).toContain(`guarded prompts for ${inWords(named.length)} tools`)
})

test('what our own design holds', () => {
  const [elements, flows, threats] = ['elements', 'flows', 'threats'].map(table => files(`threat-model/${table}`))
  expect(textOf('docs/own-design.md')).toContain(`${elements} elements, ${flows} flows and ${threats} threats`)
})
