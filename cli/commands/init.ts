import { existsSync } from 'node:fs'
import { cp, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { applyChanges, EMPTY_DESIGN } from '../../core/model/change.ts'
import { newDesign } from '../../core/model/create.ts'
import { startChanges } from '../../core/model/create-from-start.ts'
import type { Start } from '../../core/model/types.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { diskProblem } from '../../host/node/disk.ts'
import {
  ATTRIBUTES_FILE,
  addAttributes,
  DRIVER_COMMAND,
  type DriverState,
  inRepository,
  setDriver,
} from '../../host/node/git-settings.ts'
import { makeFolders, removeFolders } from '../../host/node/make-folders.ts'
import { findSample, sampleNames } from '../../host/node/samples.ts'
import { createFolder, findDesign } from '../../host/node/store.ts'
import { STARTS } from '../../packs/starts/all.ts'
import { answer, type Command, type Outcome, type World } from '../frame.ts'

export const init: Command = {
  takes: ['[DIR]'],
  options: {
    template: { value: 'NAME', help: 'Start from a sample instead of an empty design.' },
    start: { value: 'ID', help: 'Start from a starting design of ours; "list" shows them.' },
    git: {
      help: "Also make skeptic git's merge driver in this repository; of a design that is there, add only what is missing.",
    },
    name: { value: 'TEXT', help: 'What the design is called; default: the name of the folder around it.' },
  },
  async run({ args, options, world }) {
    const isForGit = options.on('git')
    const present = isForGit && args[0] === undefined ? findDesign(world.cwd) : undefined
    const dir = present ?? path.resolve(world.cwd, args[0] ?? 'threat-model')
    const template = options.text('template')
    const start = options.text('start')
    if (template !== undefined && start !== undefined) return refuse(ONE_OF_TWO)
    if (start === 'list') return listStarts()
    const repository = isForGit ? await inRepository(dir) : undefined
    if (repository?.ok === false) return repository
    if (isForGit && existsSync(path.join(dir, 'skeptic.json')) && [template, start, options.text('name')].every(isNot))
      return forGit(dir, { design: dir, files: [] }, `The design in ${dir} is left as it is.`)
    const made =
      template === undefined ? await makeDesign(dir, start, options.text('name'), world) : await copySample(template, dir)
    if (!made.ok) return made
    const { design, files, text } = made.value
    return isForGit
      ? forGit(design, { design, files }, text)
      : answer({ design, files }, `${text}\nTo merge it field by field in git, once for each clone: ${DRIVER_COMMAND}`)
  },
}

type Made = { readonly design: string; readonly files: readonly string[]; readonly text: string }

function isNot(value: string | undefined): boolean {
  return value === undefined
}

/** The settings of git for a design that stands; what is set already stays. */
async function forGit(dir: string, json: object, text: string): Promise<Result<Outcome>> {
  const added = await addAttributes(dir)
  if (!added.ok) return added
  const driver = await setDriver(dir)
  if (!driver.ok) return driver
  const said = [
    text,
    ...(added.value ? [`Added to ${path.join(dir, ATTRIBUTES_FILE)}: how git merges its files.`] : []),
    DRIVER_SAID[driver.value],
  ]
  return answer({ ...json, git: { attributes: added.value ? 'added' : 'present', driver: driver.value } }, said.join('\n'))
}

const DRIVER_SAID: Readonly<Record<DriverState, string>> = {
  set: 'git merges its files field by field from now on, in this clone; others do the same with: skeptic init --git',
  present: 'git merges its files field by field already.',
  other: 'merge.skeptic.driver of this repository is set to something else and was left as it is.',
}

async function makeDesign(
  dir: string,
  start: string | undefined,
  named: string | undefined,
  world: World,
): Promise<Result<Made>> {
  const chosen = start === undefined ? ok(undefined) : startNamed(start)
  if (!chosen.ok) return chosen
  const name = named ?? (path.basename(path.dirname(dir)) || 'Design')
  const stamp = { at: world.at, by: world.by, random: world.random }
  const empty = applyChanges(EMPTY_DESIGN, newDesign(name, stamp))
  const design = chosen.value ? applyChanges(empty, startChanges(empty, chosen.value, stamp)) : empty
  const made = await createFolder(dir, design)
  const from = chosen.value ? `, begun from "${chosen.value.title}"` : ''
  return made.ok
    ? ok({ design: dir, files: made.value, text: `A new design in ${dir}${from}\n${nextStep(world.cwd, dir)}` })
    : made
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

async function copySample(name: string, dir: string): Promise<Result<Made>> {
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
  const copied = await copyInto(sample, dir)
  if (!copied.ok) return copied
  const files = (await readdir(dir, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(entry => path.relative(dir, path.join(entry.parentPath, entry.name)))
  const design = path.join(dir, 'threat-model')
  const added = await addAttributes(design)
  if (!added.ok) return added
  return ok({ design, files: files.sort(), text: `The sample ${name} in ${dir}\nIts design: ${design}` })
}

/** Into a folder that is empty or not there; one that cannot be filled is left as it was. */
async function copyInto(sample: string, dir: string): Promise<Result<true>> {
  let made: readonly string[] = []
  try {
    made = makeFolders(dir)
    await cp(sample, dir, { recursive: true })
    return ok(true)
  } catch (error) {
    if (made.length > 0) await rm(dir, { recursive: true, force: true })
    removeFolders(made)
    return { ok: false, problems: [diskProblem(error, dir, 'make')] }
  }
}
