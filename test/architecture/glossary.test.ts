import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../cli/commands.ts'
import { modulesBelow } from './modules.ts'

const root = path.resolve(import.meta.dirname, '../..')

describe('one word per thing', () => {
  test('schemas use the words of the glossary', () => {
    const glossary = readFileSync(path.join(root, 'docs/glossary.md'), 'utf8')
    for (const word of [
      'design',
      'element',
      'finding',
      'triage',
      'threat',
      'mitigation',
      'control',
      'gate',
      'work item',
      'check',
      'evidence',
      'verdict',
    ])
      expect(glossary).toContain(`**${word}**`)
  })

  test('code does not use the words the glossary rejects for exported things', () => {
    const rejected = /export (?:function|type|const) \w*(?:Workspace|Countermeasure|Todo)\w*/
    const suggestion = /export (?:function|type|const) \w*Suggestion\w*/
    const modules = modulesBelow(root, ['core', 'ydoc', 'host', 'renderer', 'cli'])
    expect(modules.length).toBeGreaterThan(100)
    const textOf = (module: string) => readFileSync(path.join(root, module), 'utf8')
    expect(modules.filter(module => rejected.test(textOf(module)))).toEqual([])
    // A suggestion is what a person proposes for an editor to take over; what a rule yields is a finding.
    expect(modules.filter(module => !/\/suggest/.test(module) && suggestion.test(textOf(module)))).toEqual([])
  })

  test('the README shows only commands that exist', () => {
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8')
    const shown = [...readme.matchAll(/npx skeptic ([a-z]+)/g)].map(match => match[1] as string)
    expect(shown.length).toBeGreaterThan(8)
    expect(shown.filter(name => !Object.hasOwn(COMMANDS, name))).toEqual([])
  })
})
