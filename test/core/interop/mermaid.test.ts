import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readMermaid } from '../../../core/dfd/mermaid-source.ts'
import { exportModel } from '../../../core/interop/export.ts'
import { typeOf } from '../../../core/interop/mermaid/blocks.ts'
import { splitLabel } from '../../../core/interop/mermaid/protocols.ts'
import { looksLikeMermaid } from '../../../core/interop/mermaid/sniff.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design } from '../../../core/model/types.ts'
import { folderOf } from '../../../core/model/write.ts'
import { counts } from '../../corpus/mermaid-counts.ts'
import { ends } from '../../support/ends.ts'
import { runs } from '../../support/runs.ts'
import { damagedText, expectSoundOrOneRefusal, fixture } from './fixture-files.ts'
import { type Held, heldOf } from './held.ts'
import { expectSound, imported, named, occasion, read, refused } from './imported.ts'

const FILES = ['people.mmd', 'threat-model.md', 'tool-dfd.mmd']

describe.each(FILES)('%s', file => {
  const text = fixture(file)

  test('holds what its lines say, and the design is sound', () => {
    const { design, summary } = imported(text)
    expectSound(design)
    expect(summary.format).toBe('mermaid')
    expect(summary.counts).toEqual(counts.mermaid?.(text))
  })

  test('is the same byte for byte when read again, with Windows line ends and under another name', () => {
    const files = folderOf(imported(text).design)
    expect(folderOf(imported(text).design)).toEqual(files)
    expect(folderOf(imported(text.replaceAll('\n', '\r\n')).design)).toEqual(files)
    const renamed = read(text, {}, 'other.md')
    expect(renamed.ok && [...folderOf(renamed.value.design).keys()]).toEqual([...files.keys()])
  })

  test('written and read again, everything that a flowchart holds is the same; ids of others are told', () => {
    const { design } = imported(text)
    const file = exportModel(design, 'mermaid', occasion)
    if (!file.ok) throw new Error('not written')
    const held: Held = {
      elements: ['name', 'kind', 'boundary'],
      flows: ['name', 'source', 'target', 'protocol', 'bidirectional'],
      boundaries: ['name', 'parent', 'membership'],
      settings: ['designId', 'name'],
    }
    expect(heldOf(imported(file.value.text).design, held)).toEqual(heldOf(design, held))
    expect(file.value.losses.map(({ at }) => at)).toEqual(['provenance', 'diagrams'])
  })

  test('every loss stands at a line of the file and says what and why', () => {
    const lines = text.split('\n')
    for (const { at, what, why } of imported(text).summary.losses) {
      expect(lines[Number(/^model\.json:(\d+):1(\/(source|target))?$/.exec(at)?.[1]) - 1], at).toBeDefined()
      expect(what.length).toBeGreaterThan(3)
      expect(why).toMatch(/[.]$/)
    }
  })

  test('damaged, it gives a sound design or one refusal', () => {
    const pieces = [
      '"',
      '[',
      ']',
      '(',
      '{',
      '@{',
      '-->',
      '|',
      '\nend\n',
      '\nsubgraph x\n',
      '```',
      '&',
      ';',
      '%%',
      '---',
      'E_00001',
      ':::',
    ]
    let sound = 0
    fc.assert(
      fc.property(damagedText(text, pieces), damaged => {
        if (expectSoundOrOneRefusal(damaged)) sound++
      }),
      { numRuns: runs(150, 3000) },
    )
    expect(sound).toBeGreaterThan(50)
  })
})

describe('what people write', () => {
  const { design, summary } = imported(fixture('people.mmd'))
  const whats = summary.losses.map(({ what }) => what)
  const whys = summary.losses.map(({ why }) => why)

  test('shapes, classes and the newer form say kinds, which is told as a guess', () => {
    const kinds = Object.fromEntries(rowsOf(design.elements).map(({ name, kind }) => [name, kind]))
    expect(kinds).toEqual({
      Customer: 'externalEntity',
      'Web shop': 'process',
      'Batch worker': 'process',
      'Orders PostgreSQL': 'dataStore',
      'Audit log': 'process',
      'Session (cache)': 'dataStore',
      'End-point': 'process',
      Phone: 'externalEntity',
    })
    expect(whats).toContain('Kind of 8 elements')
  })

  test('labels in both notations, quotes, codes, protocols, both ways', () => {
    expect(named(design.flows, '1. pay')).toMatchObject({ protocol: 'HTTPS' })
    expect(named(design.flows, 'audit "trail"').target).toBe(named(design.elements, 'Audit log').id)
    expect(rowsOf(design.flows).filter(({ name }) => name === 'SQL')).toHaveLength(2)
    expect(rowsOf(design.flows).filter(({ bidirectional }) => bidirectional)).toHaveLength(1)
  })

  test('subgraphs in subgraphs; a node stands where it is listed', () => {
    const cloud = named(design.boundaries, 'Cloud & network')
    const zone = named(design.boundaries, 'Data zone')
    expect(zone).toMatchObject({ parent: cloud.id, membership: 'stated' })
    expect(named(design.elements, 'Web shop').boundary).toBe(cloud.id)
    expect(named(design.elements, 'Orders PostgreSQL').boundary).toBe(zone.id)
    expect(named(design.elements, 'Customer').boundary).toBeUndefined()
  })

  test('a link to a subgraph makes no element of it and is told', () => {
    expect(whys).toContain('It names office, which is no element of this diagram.')
    expect(rowsOf(design.elements).map(({ name }) => name)).not.toContain('office')
  })

  test('what only draws is told once for each kind of line', () => {
    for (const word of ['classDef', 'class', 'style', 'linkStyle', 'click', 'direction', 'accTitle'])
      expect(whys).toContain(`"${word}" has no place in the model.`)
    expect(whys).toContain('Front matter says how to draw; only its title is read.')
    expect(whys).toContain('A directive says how to draw.')
    expect(whys).toContain('A comment belongs to no part of the model.')
    expect(whats).toContain('Direction of 1 link')
    expect(rowsOf(design.diagrams)).toMatchObject([{ name: 'Payments' }])
  })
})

describe('Markdown', () => {
  const { design, summary } = imported(fixture('threat-model.md'))

  test('each flowchart is a diagram under the heading above it; other types are told by name', () => {
    expect(design.settings.design?.name).toBe('Shop threat model')
    expect(
      rowsOf(design.diagrams)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['Architecture', 'Data flows'])
    expect(summary.losses.map(({ at, what }) => [at, what])).toEqual(
      expect.arrayContaining([
        ['model.json:26:1', 'A sequenceDiagram'],
        ['model.json:38:1', 'The line "this line is broken ["'],
      ]),
    )
  })

  test('plain rectangles are what their names say', () => {
    expect(named(design.elements, 'User').kind).toBe('externalEntity')
    expect(named(design.elements, 'External Payment Service').kind).toBe('externalEntity')
    expect(named(design.elements, 'Web Application').kind).toBe('process')
    expect(named(design.elements, 'Database')).toMatchObject({
      kind: 'dataStore',
      boundary: named(design.boundaries, 'Trust Boundary: Cloud').id,
    })
  })

  test('a fence in a longer fence is text, one that is never closed ends with the file, quotations are seen through', () => {
    const names = (text: string) =>
      rowsOf(imported(text).design.elements)
        .map(({ name }) => name)
        .sort()
    expect(names('# A\n```mermaid\nflowchart LR\n  a --> b')).toEqual(['a', 'b'])
    expect(names('> ```mermaid\n> flowchart LR\n>   a>x] --> b\n> ```')).toEqual(['b', 'x'])
    expect(names('::: mermaid\ngraph LR; a --> b\n:::')).toEqual(['a', 'b'])
    expect(rowsOf(design.elements).map(({ name }) => name)).not.toContain('read')
  })

  test('blocks with the same ids are different diagrams; ids of ours are the same row', () => {
    const two = (id: string) => `\`\`\`mermaid\nflowchart LR\n  ${id}(One)\n\`\`\`\n`.repeat(2)
    expect(rowsOf(imported(two('a')).design.elements)).toHaveLength(2)
    const own = imported(two('E_00001')).design
    expect(rowsOf(own.elements).map(({ id }) => id)).toEqual(['E-00001'])
    expect(rowsOf(own.diagrams).map(({ elements }) => elements)).toEqual([{ 'E-00001': true }, { 'E-00001': true }])
  })
})

describe('one notation after the other', () => {
  const all = (text: string): Design => imported(`flowchart LR\n${text}`).design
  const kind = (shape: string) => rowsOf(all(`a${shape}\nz((other))`).elements).find(({ name }) => name === 'Name here')?.kind

  test.each([
    ['[Name here]', 'externalEntity'],
    ['["Name here"]', 'externalEntity'],
    ['(Name here)', 'process'],
    ['([Name here])', 'process'],
    ['[[Name here]]', 'process'],
    ['[(Name here)]', 'dataStore'],
    ['((Name here))', 'process'],
    ['(((Name here)))', 'process'],
    ['>Name here]', 'process'],
    ['{Name here}', 'process'],
    ['{{Name here}}', 'process'],
    ['[/Name here/]', 'process'],
    ['[\\Name here\\]', 'process'],
    ['[/Name here\\]', 'process'],
    ['[\\"Name here"/]', 'process'],
    ['(-Name here-)', 'process'],
    ['@{ shape: cyl, label: "Name here" }', 'dataStore'],
    ['@{shape: database, label: Name here}', 'dataStore'],
    ["@{ label: 'Name here', shape: rect }", 'externalEntity'],
    ['@{ shape: hex, label: "Name here" }', 'process'],
    ['["`Name\n**here**`"]', 'externalEntity'],
    ['@{\n  shape: lin-cyl\n  label: "Name here"\n}', 'dataStore'],
    ['["Name&nbsp;<i>here</i>"]', 'externalEntity'],
    ['["fa:fa-user Name here"]', 'externalEntity'],
  ])('%j is a %s', (shape, expected) => {
    expect(kind(shape)).toBe(expected)
  })

  test.each([
    ['a --> b', undefined, false],
    ['a-->b', undefined, false],
    ['a ----> b', undefined, false],
    ['a -->|x| b', 'x', false],
    ['a -- x --> b', 'x', false],
    ['a --x--> b', 'x', false],
    ['a -- "x -- | y" --> b', 'x -- | y', false],
    ['a -->|"x | y"| b', 'x | y', false],
    ['a ==> b', undefined, false],
    ['a == x ==> b', 'x', false],
    ['a -.-> b', undefined, false],
    ['a -. x .-> b', 'x', false],
    ['a -. v1.2 ..-> b', 'v1.2', false],
    ['a <--> b', undefined, true],
    ['a <-- x --> b', 'x', true],
    ['a <==> b', undefined, true],
    ['a <-.-> b', undefined, true],
    ['a --o b', undefined, false],
    ['a --x b', undefined, false],
    ['a o--o b', undefined, true],
    ['a x--x b', undefined, true],
    ['a e1@--> b', undefined, false],
    ['a --> b %% why', undefined, false],
    ['a --> b;', undefined, false],
  ])('%j', (line, name, isBoth) => {
    const { flows, elements } = all(line)
    expect(Object.keys(elements)).toHaveLength(2)
    expect(rowsOf(flows)).toHaveLength(1)
    const [flow] = rowsOf(flows)
    expect(flow?.name).toBe(name ?? 'Unnamed data flow')
    expect(flow?.bidirectional === true).toBe(isBoth)
    expect(elements[flow?.source ?? '']?.name).toBe('a')
  })

  test.each(['a --- b', 'a -- x --- b', 'a === b', 'a -.- b', 'a <--- b'])(
    '%j has no direction: read as written, and told',
    line => {
      const { design, summary } = imported(`flowchart LR\n${line}`)
      expect(rowsOf(design.flows)).toHaveLength(1)
      expect(summary.losses.map(({ what }) => what)).toContain('Direction of 1 link')
    },
  )

  test.each([
    ['end', 0],
    ['endpoint --> b', 2],
    ['End[End] --> b', 2],
    ['subgraph s\n  a\nend\nb', 2],
    ['subgraph s\n  a --> b\n  end', 2],
    ['click --> style --> class', 3],
    ['direction[Direction]', 1],
    ['a; b; c', 3],
    ['a@{ shape: cyl } & b --> c', 3],
    ['ä --> 日本 --> x.y-z/w', 4 - 1],
  ])('%j names %i nodes', (text, count) => {
    expect(readMermaid(`flowchart LR\n${text}`).nodes.size).toBe(count)
  })

  test('nested subgraphs keep what is named in the inner one, wherever the outer one names it', () => {
    const { elements, boundaries } = all('subgraph o\n  a --> b\n  subgraph i\n    b\n  end\n  b --> a\nend\na --> b')
    expect(named(elements, 'b').boundary).toBe(named(boundaries, 'i').id)
    expect(named(elements, 'a').boundary).toBe(named(boundaries, 'o').id)
  })

  test('subgraphs without an id are known by their title, not by their line', () => {
    const ids = (text: string) => Object.keys(all(text).boundaries)
    expect(ids('a\nsubgraph Data zone\n  b\nend')).toEqual(ids('a --> b\n\n\nsubgraph Data zone\n  b\nend'))
    expect(ids('subgraph Zone one\nend\nsubgraph Zone one\nend')).toHaveLength(2)
  })

  test('a quote that is never closed costs one line', () => {
    const { nodes, kept } = readMermaid('flowchart LR\na["never\nb --> c\nd')
    expect([...nodes.keys()]).toEqual(['b', 'c', 'd'])
    expect(kept).toHaveLength(1)
  })

  test.each([
    ['order (HTTPS)', 'order', 'HTTPS'],
    ['order (TLS 1.3)', 'order', 'TLS 1.3'],
    ['order (gRPC/TLS)', 'order', 'gRPC/TLS'],
    ['order (cached)', 'order (cached)', undefined],
    ['order (1.3)', 'order (1.3)', undefined],
    ['(HTTPS)', '(HTTPS)', undefined],
    ['HTTPS', 'HTTPS', undefined],
  ])('%j is %j over %j', (label, name, protocol) => {
    expect(splitLabel(label)).toEqual({ name, ...(protocol ? { protocol } : {}) })
  })
})

describe('by how it begins', () => {
  test.each([
    ['flowchart LR\n a', 'flowchart'],
    ['graph TD;', 'flowchart'],
    ['graph', 'flowchart'],
    ['flowchart-elk TB', 'flowchart'],
    ['%% a\n\n%%{init: {}}%%\n  graph LR; a-->b', 'flowchart'],
    ['---\ntitle: x\n---\nflowchart LR', 'flowchart'],
    ['sequenceDiagram', 'sequenceDiagram'],
    ['stateDiagram-v2', 'stateDiagram'],
    ['classDiagram', 'classDiagram'],
    ['C4Context', 'C4Context'],
    ['erDiagram', 'erDiagram'],
    ['pie title Pets', 'pie'],
    ['gitGraph LR:', 'gitGraph'],
    ['architecture-beta', 'architecture-beta'],
    ['graph theory is old', undefined],
    ['Dear team,\ngraph LR', undefined],
    ['timeline of events', undefined],
    ['---\nflowchart LR', undefined],
  ])('%j is %j', (text, type) => {
    expect(typeOf(text)).toBe(type)
  })

  test.each([
    ['otmVersion: 0.2.0\nproject:\n  description: |\n    ```mermaid\n    graph LR\n    ```', false],
    ['<ThreatModel>\n```mermaid\n', false],
    ['<p align="center">\n\n```mermaid\n', true],
    ['Text\n- item\n\n  ```mermaid\n', true],
    ['Text with ```mermaid in it', false],
  ])('%j: %j', (text, is) => {
    expect(looksLikeMermaid(text, text)).toBe(is)
  })

  test.each([
    ['sequenceDiagram\n  A->>B: x', 'mermaid.otherDiagram', 'sequenceDiagram'],
    ['C4Context\n  Person(a, "b")', 'mermaid.otherDiagram', 'C4Context'],
    ['```mermaid\nclassDiagram\n```', 'mermaid.otherDiagram', 'classDiagram'],
    ['```mermaid\nnothing known\n```', 'mermaid.none', 'known type'],
    ['flowchart LR\n  ?!\n  !?', 'mermaid.none', 'No line'],
  ])('%j is refused by name, with the cure', (text, code, words) => {
    const problem = refused(text)
    expect(problem).toMatchObject({
      code,
      message: expect.stringContaining(words),
      cure: expect.stringContaining('flowchart LR'),
    })
    expect(problem.at).toMatch(/^model\.json:\d+:1$/)
  })
})

describe('hostile files', () => {
  test.each([
    ['nodes', Array.from({ length: 50_001 }, (_, i) => `a${i}`), 'import.tooMany'],
    [
      'links',
      Array.from({ length: 101 }, (_, i) => `${Array.from({ length: 500 }, (_, n) => `a${n}`).join('&')}-->b${i}&c${i}&d${i}`),
      'import.tooMany',
    ],
    ['subgraphs', Array.from({ length: 2001 }, (_, i) => `subgraph s${i}\nend`), 'import.tooMany'],
  ])('too many %s are refused', (_what, lines, code) => {
    const chart = (some: readonly string[]) => `\`\`\`mermaid\nflowchart LR\n${some.join('\n')}\n\`\`\`\n`
    const parts = [lines.slice(0, 15_000), lines.slice(15_000, 30_000), lines.slice(30_000, 45_000), lines.slice(45_000)]
    expect(refused(`# A\n${parts.map(chart).join('')}`).code).toBe(code)
  })

  test('more blocks than any file has are refused', () => {
    expect(refused('```mermaid\nflowchart LR\n  a\n```\n'.repeat(1001)).code).toBe('import.tooMany')
  })

  test('names that every object knows are only names', () => {
    const words = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
    const { design } = imported(
      `flowchart LR\n${words.map(word => `${word} --> E_00001`).join('\n')}\nclass __proto__,constructor toString`,
    )
    expectSound(design)
    expect(rowsOf(design.elements)).toHaveLength(5)
  })

  test('two thousand subgraphs in each other', () => {
    const text = `flowchart LR\n${Array.from({ length: 1500 }, (_, i) => `subgraph s${i}`).join('\n')}\na\n${'end\n'.repeat(1500)}`
    expect(rowsOf(ends(() => imported(text).design).boundaries)).toHaveLength(1500)
  })

  test.each([
    ['`', 2_000_000],
    ['>', 2_000_000],
    ['```mermaid\n', 300_000],
    ['``` mermaidx\n', 300_000],
    ['flowchart LR\na["x\n', 100_000],
    ['%%{\n', 400_000],
    ['a -- "', 500_000],
    ['#', 2_000_000],
    ['# a [b](\n', 300_000],
  ])('%j many times is walked once', (part, count) => {
    const text = `# A\n\`\`\`mermaid\nflowchart LR\n  a --> b\n\`\`\`\n${part.repeat(count)}`
    expect(typeof ends(() => read(text).ok)).toBe('boolean')
  })
})
