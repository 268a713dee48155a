import { cp, readdir } from 'node:fs/promises'
import path from 'node:path'
import { applyChanges, EMPTY_DESIGN } from '../../core/model/change.ts'
import { newDesign } from '../../core/model/create.ts'
import { startChanges } from '../../core/model/create-from-start.ts'
import type { Start } from '../../core/model/types.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { findSample, sampleNames } from '../../host/node/samples.ts'
import { createFolder, findDesign } from '../../host/node/store.ts'
import { STARTS } from '../../packs/starts/all.ts'
import { answer, type Command } from '../frame.ts'

export const init: Command = {
  takes: ['[DIR]'],
  options: {
    template: { value: 'NAME', help: 'Start from a sample instead of an empty design.' },
    start: { value: 'ID', help: 'Start from a starting design of ours; "list" shows them.' },
    name: { value: 'TEXT', help: 'What the design is called; default: the name of the folder around it.' },
  },
  async run({ args, options, world }) {
    const dir = path.resolve(world.cwd, args[0] ?? 'threat-model')
    const template = options.text('template')
    const start = options.text('start')
    if (template !== undefined && start !== undefined) return refuse(ONE_OF_TWO)
    if (template !== undefined) return copySample(template, dir)
    if (start === 'list') return listStarts()
    const chosen = start === undefined ? ok(undefined) : startNamed(start)
    if (!chosen.ok) return chosen
    const name = options.text('name') ?? (path.basename(path.dirname(dir)) || 'Design')
    const stamp = { at: world.at, by: world.by, random: world.random }
    const empty = applyChanges(EMPTY_DESIGN, newDesign(name, stamp))
    const design = chosen.value ? applyChanges(empty, startChanges(empty, chosen.value, stamp)) : empty
    const made = await createFolder(dir, design)
    const from = chosen.value ? `, begun from "${chosen.value.title}"` : ''
    return made.ok
      ? answer({ design: dir, files: made.value }, `A new design in ${dir}${from}\n${nextStep(world.cwd, dir)}`)
      : made
  },
}

/** How the new design is opened from where the person stands. */
function nextStep(cwd: string, dir: string): string {
  const place = findDesign(cwd) === dir ? '' : ` --design ${path.relative(cwd, dir) || '.'}`
  return `Open it with: skeptic serve${place}`
}

const ONE_OF_TWO = {
  code: 'init.template',
  message: 'A design begins from a sample or from a starting design, not from both.',
  cure: 'Give --template or --start.',
}

function startNamed(id: string): Result<Start> {
  const found = STARTS.find(start => start.id === id)
  if (found) return ok(found)
  return refuse({
    code: 'init.start',
    message: `There is no starting design "${id}".`,
    cure: `Starting designs: ${STARTS.map(start => start.id).join(', ')}.`,
  })
}

function listStarts() {
  const width = Math.max(...STARTS.map(start => start.id.length))
  return answer(
    STARTS.map(({ id, title, summary }) => ({ id, title, summary })),
    STARTS.map(({ id, title, summary }) => `${id.padEnd(width)}  ${title}: ${summary}`).join('\n'),
  )
}

async function copySample(name: string, dir: string) {
  const sample = findSample(name)
  if (sample === undefined)
    return refuse({
      code: 'init.template',
      message: `There is no sample "${name}".`,
      cure: `Samples: ${sampleNames().join(', ')}.`,
    })
  const present = await readdir(dir).catch(() => [])
  if (present.length > 0)
    return refuse({ code: 'folder.notEmpty', at: dir, message: 'The folder is not empty.', cure: 'Name an empty or new folder.' })
  await cp(sample, dir, { recursive: true })
  const files = (await readdir(dir, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(entry => path.relative(dir, path.join(entry.parentPath, entry.name)))
  return answer(
    { design: path.join(dir, 'threat-model'), files: files.sort() },
    `The sample ${name} in ${dir}\nIts design: ${path.join(dir, 'threat-model')}`,
  )
}
