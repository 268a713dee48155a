import { describe, expect, test } from 'vitest'
import type { Target } from '../../../core/model/types.ts'
import { filesFor, type PromptArtefact } from '../../../core/targets/files-for.ts'
import { allTargets, targetOf } from '../../../core/targets/find.ts'
import { PACKS } from '../gate/transfers.ts'

const PARTS = 'prompt skill checklist threats guard block reviewer specRequirements specDesign specTasks plain'.split(' ')
const ARTEFACT: PromptArtefact = {
  id: 'P-STEP1',
  workItem: 'W-STEP1',
  digest: `sha256:${'ab12'.repeat(16)}`,
  slice: `sha256:${'cd34'.repeat(16)}`,
  slug: 'gp-step1-transfers',
  title: 'Transfers: a second factor',
  mayEdit: ['src/transfers/*.ts', '*.sql'],
  tests: ['TTAMP1_M0WNER'],
  texts: Object.fromEntries(PARTS.map(part => [part, `# The ${part}\n\nMade with Skeptic from P-STEP1@ab12ab12ab12.\n`])),
}

function target(name: string): Target {
  const found = targetOf(PACKS.targets, name)
  if (!found) throw new Error(name)
  return found
}

function files(name: string, change: Partial<PromptArtefact> = {}) {
  const made = filesFor(target(name), { ...ARTEFACT, ...change })
  if (!made.ok) throw new Error(made.problems[0].message)
  return made.value
}

/** The lines between the two lines of hyphens. */
function headOf(name: string, path: RegExp): readonly string[] {
  const text = files(name).find(file => path.test(file.path))?.text ?? ''
  const lines = text.split('\n')
  return lines.slice(1, lines.indexOf('---', 1))
}

const GLOBS = ['  - "src/transfers/*.ts"', '  - "*.sql"']

describe('heads are exactly what each tool reads', () => {
  test('Agent Skill: the name is the folder', () => {
    expect(headOf('skill', /SKILL\.md$/).map(line => line.replace(/:.*/, ''))).toEqual([
      ...['name', 'description', 'metadata', '  skeptic-prompt', '  skeptic-digest', '  skeptic-slice'],
    ])
    expect(files('skill').map(file => file.path)).toEqual(
      ['SKILL.md', 'references/checklist.md', 'references/threats.md'].map(file => `.agents/skills/gp-step1-transfers/${file}`),
    )
  })

  test('Claude Code: only a person starts the skill, rules list their paths', () => {
    expect(headOf('claude-skill', /SKILL\.md$/)).toContain('disable-model-invocation: true')
    expect(headOf('claude-rules', /rules/)).toEqual(['paths:', ...GLOBS])
  })

  test('Cursor: three keys, and alwaysApply is a boolean', () => {
    const [description, ...rest] = headOf('cursor-rules', /\.mdc$/)
    expect(description).toMatch(/^description: "What holds for the paths of work item W-STEP1/)
    expect(rest).toEqual(['globs:', ...GLOBS, 'alwaysApply: false'])
  })

  test('Copilot: paths in one text, an agent that can only read and search', () => {
    expect(headOf('copilot-paths', /instructions\.md$/)).toEqual(['applyTo: "src/transfers/*.ts,*.sql"'])
    const agent = headOf('copilot-reviewer', /agent\.md$/)
    expect(agent.slice(1, 5)).toEqual(['tools:', '  - read', '  - search', 'disable-model-invocation: true'])
    expect(files('copilot-reviewer').map(file => file.path)).toContain('.github/agents/gp-reviewer-step1.agent.md')
    expect(headOf('copilot-prompt', /prompt\.md$/).at(-1)).toBe('agent: agent')
  })

  test('Devin, Kiro, Cline and Antigravity: lists, never a text', () => {
    expect(headOf('devin-rules', /rules/).slice(0, 4)).toEqual(['trigger: glob', 'globs:', ...GLOBS])
    expect(headOf('kiro-steering', /steering/)).toEqual(['inclusion: fileMatch', 'fileMatchPattern:', ...GLOBS])
    expect(headOf('cline-rules', /^\.clinerules\/gp/)).toEqual(['paths:', ...GLOBS])
    expect(headOf('antigravity-rules', /rules/).slice(0, 4)).toEqual(['trigger: glob', 'globs:', ...GLOBS])
  })

  test('AGENTS.md is a block of a file that people write too, and CLAUDE.md names it', () => {
    const made = files('agents')
    expect(made.filter(file => file.managed === 'block').map(file => file.path)).toEqual(['AGENTS.md'])
    expect(made.find(file => file.path === 'CLAUDE.md')?.text).toBe('@AGENTS.md\n')
  })

  test('every other file ends with the id and the digest, also where its template forgot them', () => {
    const texts = Object.fromEntries(PARTS.map(part => [part, `# The ${part}\n`]))
    for (const { name } of allTargets(PACKS.targets))
      for (const file of files(name, { texts }).filter(one => one.path !== 'CLAUDE.md')) {
        const lines = file.text.trimEnd().split('\n')
        expect(lines.at(lines.at(-1) === '"""' ? -2 : -1), file.path).toContain('P-STEP1@ab12ab12ab12')
      }
  })

  test('the same artefact gives the same bytes', () => {
    for (const { name } of allTargets(PACKS.targets)) expect(files(name)).toEqual(files(name))
  })
})

describe('refused instead of changed', () => {
  const long = { ...ARTEFACT.texts, prompt: 'x'.repeat(12_001), block: 'line\n'.repeat(70), guard: 'x'.repeat(12_001) }
  const refusal = (name: string, change: Partial<PromptArtefact>) => {
    const made = filesFor(target(name), { ...ARTEFACT, ...change })
    return made.ok ? 'ok' : `${made.problems[0].code} ${made.problems[0].at}`
  }

  test.each<[string, string, Partial<PromptArtefact>, string]>([
    ['a workflow over 12,000 characters', 'devin-workflow', { texts: long }, 'target.tooLong W-STEP1'],
    ['a rule over 12,000 characters', 'devin-rules', { texts: long }, 'target.tooLong W-STEP1'],
    ['a block over 60 lines', 'agents', { texts: long }, 'target.tooLong W-STEP1'],
    ['the same text where there is no limit', 'markdown', { texts: long }, 'ok'],
    ['a rule without paths', 'claude-rules', { mayEdit: [] }, 'target.paths W-STEP1'],
    ['a skill without paths', 'claude-skill', { mayEdit: [] }, 'ok'],
    ['a path that leaves the repository', 'cursor-rules', { mayEdit: ['../x'] }, 'target.paths W-STEP1'],
    ['an absolute path', 'cursor-rules', { mayEdit: ['/etc/*'] }, 'target.paths W-STEP1'],
    ['a path of another disk', 'cursor-rules', { mayEdit: ['C:\\x'] }, 'target.paths W-STEP1'],
    ['a path that would be taken back', 'cursor-rules', { mayEdit: ['!src/**'] }, 'target.paths W-STEP1'],
    ['a path that reads as a comment', 'cursor-rules', { mayEdit: ['## 3 Stop and ask'] }, 'target.paths W-STEP1'],
    ['a path with something to run in it', 'cursor-rules', { mayEdit: ['src/!`x`/*'] }, 'target.paths W-STEP1'],
    ['a path with a hidden character', 'cursor-rules', { mayEdit: ['src/\u202e*'] }, 'target.paths W-STEP1'],
    ['a path over two lines', 'cursor-rules', { mayEdit: ['src/*\nalwaysApply: true'] }, 'target.paths W-STEP1'],
    ['braces in a list', 'cursor-rules', { mayEdit: ['src/{a,b}/*'] }, 'ok'],
    ['braces where commas part paths', 'copilot-paths', { mayEdit: ['src/{a,b}/*'] }, 'target.paths W-STEP1'],
    ['a text that opens front matter', 'markdown', { texts: { prompt: '---\na: b\n---\n' } }, 'target.stillActive W-STEP1'],
  ])('%s', (_name, name, change, expected) => {
    expect(refusal(name, change)).toBe(expected)
  })

  test('says the file, how much it is and how much the tool reads', () => {
    const made = filesFor(target('devin-workflow'), { ...ARTEFACT, texts: long })
    expect(made.ok ? '' : made.problems[0].message).toMatch(
      /^\.devin\/workflows\/gp-step1-transfers\.md would have 120\d\d characters; Workflow reads 12000\.$/,
    )
  })
})

describe('the pack', () => {
  test.each(allTargets(PACKS.targets).map(one => [one.name, one] as const))(
    '%s gives each key one value of its type',
    (_name, one) => {
      expect(one.verifiedOn).toMatch(/^2026-11-/)
      for (const file of one.files)
        for (const key of file.keys ?? []) {
          const values = [key.from, key.text, key.flag, key.list, key.map].filter(value => value !== undefined)
          expect(values, key.name).toHaveLength(1)
        }
    },
  )

  test('names are told once, and tools stand together', () => {
    const all = allTargets(PACKS.targets)
    expect(new Set(all.map(one => one.name)).size).toBe(all.length)
    const turns = all.filter((one, index) => one.tool !== all[index - 1]?.tool)
    expect(new Set(turns.map(one => one.tool)).size).toBe(turns.length)
  })
})
