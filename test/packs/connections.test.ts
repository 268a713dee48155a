import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'smol-toml'
import { describe, expect, test } from 'vitest'
import { connections } from '../../packs/connections.ts'

const guide = readFileSync(path.resolve(import.meta.dirname, '../../docs/guide.md'), 'utf8')

/** The one table of servers in it, whatever the tool calls that. */
function serversIn(text: string, file: string): unknown {
  const read = file.endsWith('.toml') ? parse(text) : (JSON.parse(text) as Readonly<Record<string, unknown>>)
  const [table, ...more] = Object.values(read)
  expect(more).toEqual([])
  return table
}

describe.each(connections)('$title', ({ file, text, source, verifiedOn }) => {
  test('starts the server, in a form that an independent reader understands', () => {
    if (file === undefined) expect(text).toMatch(/ -- npx skeptic mcp$/)
    else expect(serversIn(text, file)).toMatchObject({ skeptic: { command: 'npx', args: ['skeptic', 'mcp'] } })
  })

  test('stands in the guide as it is copied in the window, with its source and date', () => {
    expect(guide).toContain(text)
    expect(guide).toContain(file ?? text)
    expect(guide).toContain(`<${source}>`)
    expect(guide).toContain(verifiedOn)
  })
})
