import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { digestOfText } from '../../../core/model/digest.ts'
import type { PromptFile } from '../../../core/targets/files-for.ts'
import { placeIn } from '../../../host/node/managed/place.ts'
import { planSave, type SaveInto, writeSave } from '../../../host/node/managed/save-prompt.ts'
import { temporaryFolder } from '../folders.ts'

const OTHERS = { id: 'P-0RD3R', digest: digestOfText('prompt'), target: 'agents' }

function promptOf(...files: readonly (PromptFile | readonly [string, string])[]) {
  return {
    ...OTHERS,
    files: files.map(file => ('path' in file ? file : { path: file[0], text: file[1], managed: 'whole' as const })),
  }
}

async function repository(): Promise<{ readonly root: string; readonly designDir: string }> {
  const root = await temporaryFolder()
  const designDir = path.join(root, 'threat-model')
  mkdirSync(designDir)
  return { root, designDir }
}

async function save(prompt: ReturnType<typeof promptOf>, into: SaveInto) {
  const plan = planSave(prompt, into)
  if (!plan.ok || plan.value.conflicts.length > 0) return plan
  const written = await writeSave(plan.value)
  return written.ok ? plan : written
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort()
}

const SKILL = promptOf(['.agents/skills/gp/SKILL.md', 'one\n'], ['.agents/skills/gp/references/checklist.md', 'two\n'])

describe('saving a prompt into a repository', () => {
  test('writes its files and says so in the manifest, by paths that hold on every machine', async () => {
    const into = await repository()
    expect(await save(SKILL, into)).toMatchObject({ value: { plans: [{ kind: 'created' }, { kind: 'created' }] } })
    expect(filesBelow(into.root)).toEqual([
      '.agents/skills/gp/SKILL.md',
      '.agents/skills/gp/references/checklist.md',
      'threat-model/exports.json',
    ])
    const manifest = readFileSync(path.join(into.designDir, 'exports.json'), 'utf8')
    expect(JSON.parse(manifest)).toEqual({
      format: 1,
      files: {
        '../.agents/skills/gp/SKILL.md': {
          sha256: digestOfText('one\n'),
          prompt: OTHERS.id,
          digest: OTHERS.digest,
          target: 'agents',
        },
        '../.agents/skills/gp/references/checklist.md': {
          ...{ sha256: digestOfText('two\n'), prompt: OTHERS.id, digest: OTHERS.digest, target: 'agents' },
        },
      },
    })
    expect(await save(SKILL, into)).toMatchObject({ value: { plans: [{ kind: 'same' }, { kind: 'same' }] } })
    expect(readFileSync(path.join(into.designDir, 'exports.json'), 'utf8')).toBe(manifest)
  })

  test('writes nothing at all when one file was changed by hand, until the person lets go of exactly that text', async () => {
    const into = await repository()
    await save(SKILL, into)
    const file = path.join(into.root, '.agents/skills/gp/SKILL.md')
    writeFileSync(file, 'one, by hand\n')
    const next = promptOf(['.agents/skills/gp/SKILL.md', 'three\n'], ['.agents/skills/gp/references/checklist.md', 'four\n'])
    const plan = await save(next, into)
    expect(plan).toMatchObject({
      value: { conflicts: [{ path: '.agents/skills/gp/SKILL.md', why: 'edited', before: 'one, by hand\n' }] },
    })
    expect(readFileSync(file, 'utf8')).toBe('one, by hand\n')
    expect(readFileSync(path.join(into.root, '.agents/skills/gp/references/checklist.md'), 'utf8')).toBe('two\n')
    const letGo = new Map([['.agents/skills/gp/SKILL.md', digestOfText('one, by hand\n')]])
    writeFileSync(file, 'one, by hand, later\n')
    expect(await save(next, { ...into, letGo })).toMatchObject({ value: { conflicts: [{ before: 'one, by hand, later\n' }] } })
    writeFileSync(file, 'one, by hand\n')
    expect(await save(next, { ...into, letGo })).toMatchObject({ value: { conflicts: [] } })
    expect(readFileSync(file, 'utf8')).toBe('three\n')
  })

  test('a file that changes between looking and writing is left as it is', async () => {
    const into = await repository()
    await save(SKILL, into)
    const plan = planSave(promptOf(['.agents/skills/gp/SKILL.md', 'three\n']), into)
    const file = path.join(into.root, '.agents/skills/gp/SKILL.md')
    writeFileSync(file, 'meanwhile\n')
    expect(plan.ok && (await writeSave(plan.value))).toMatchObject({ ok: false, problems: [{ code: 'file.conflict' }] })
    expect(readFileSync(file, 'utf8')).toBe('meanwhile\n')
  })

  test('keeps what a team wrote into AGENTS.md, and a CLAUDE.md whatever it is', async () => {
    const into = await repository()
    const theirs = '# Ours\r\n\r\nBe kind.\r\n'
    writeFileSync(path.join(into.root, 'AGENTS.md'), theirs)
    symlinkSync('AGENTS.md', path.join(into.root, 'CLAUDE.md'))
    const agents = promptOf({ path: 'AGENTS.md', text: 'ours\n', managed: 'block' }, ['CLAUDE.md', '@AGENTS.md\n'])
    expect(await save(agents, into)).toMatchObject({ value: { plans: [{ kind: 'updated' }, { kind: 'left' }] } })
    expect(readFileSync(path.join(into.root, 'AGENTS.md'), 'utf8').startsWith(theirs)).toBe(true)
    expect(lstatSync(path.join(into.root, 'CLAUDE.md')).isSymbolicLink()).toBe(true)
    unlinkSync(path.join(into.root, 'CLAUDE.md'))
    await save(agents, into)
    expect(readFileSync(path.join(into.root, 'CLAUDE.md'), 'utf8')).toBe('@AGENTS.md\n')
  })

  test('goes through no link, over nothing that is no file, and out of no folder', async () => {
    const into = await repository()
    const outside = await temporaryFolder()
    symlinkSync(outside, path.join(into.root, '.agents'))
    writeFileSync(path.join(into.root, 'file'), 'x')
    mkdirSync(path.join(into.root, 'folder.md'))
    symlinkSync(path.join(outside, 'target'), path.join(into.root, 'link.md'))
    const codes = [
      '.agents/skills/a.md',
      'link.md',
      'file/a.md',
      'folder.md',
      '../a.md',
      'a/../../b.md',
      '/etc/a.md',
      'C:/a.md',
      'a\\..\\b.md',
      'a//b.md',
      './a.md',
      '',
      'a/.. /b.md',
      'nul.md',
      '.git/hooks/pre-commit',
      '.GIT/config',
      'a\0b.md',
    ].map(name => {
      const plan = planSave(promptOf([name, 'x']), into)
      return plan.ok ? 'written' : plan.problems[0].code.replace('export.', '')
    })
    expect(codes).toEqual(
      'link link kind kind outside outside outside outside outside outside outside outside outside outside git git outside'.split(
        ' ',
      ),
    )
    expect(readdirSync(outside)).toEqual([])
    expect(placeIn(into.root, 'a/b.md')).toEqual({ ok: true, value: path.join(into.root, 'a', 'b.md') })
  })

  test('writes nothing while the manifest cannot be read, and overwrites nothing where there is none', async () => {
    const into = await repository()
    await save(SKILL, into)
    writeFileSync(path.join(into.designDir, 'exports.json'), '{"format":1,"files":{"a":{}}}')
    expect(await save(promptOf(['b.md', 'x']), into)).toMatchObject({ ok: false, problems: [{ code: 'export.manifest' }] })
    expect(existsSync(path.join(into.root, 'b.md'))).toBe(false)
    const plan = planSave(promptOf(['.agents/skills/gp/SKILL.md', 'three\n']), { ...into, designDir: undefined })
    expect(plan).toMatchObject({ value: { conflicts: [{ why: 'foreign' }] } })
  })

  test('makes the folder that a person names', async () => {
    const into = await repository()
    const root = path.join(into.root, 'out', 'deep')
    expect(await save(SKILL, { ...into, root })).toMatchObject({ ok: true })
    expect(filesBelow(root)).toHaveLength(2)
  })
})
