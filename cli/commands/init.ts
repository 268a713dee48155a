import { cp, readdir } from 'node:fs/promises'
import path from 'node:path'
import { applyChanges, EMPTY_DESIGN } from '../../core/model/change.ts'
import { newDesign } from '../../core/model/create.ts'
import { refuse } from '../../core/support/result.ts'
import { findSample, sampleNames } from '../../host/node/samples.ts'
import { createFolder } from '../../host/node/store.ts'
import { answer, type Command } from '../frame.ts'

export const init: Command = {
  takes: ['[DIR]'],
  options: {
    template: { value: 'NAME', help: 'Start from a sample instead of an empty design.' },
    name: { value: 'TEXT', help: 'What the design is called; default: the name of the folder around it.' },
  },
  async run({ args, options, world }) {
    const dir = path.resolve(world.cwd, args[0] ?? 'threat-model')
    const template = options.text('template')
    if (template !== undefined) return copySample(template, dir)
    const name = options.text('name') ?? (path.basename(path.dirname(dir)) || 'Design')
    const design = applyChanges(EMPTY_DESIGN, newDesign(name, { at: world.at, by: world.by, random: world.random }))
    const made = await createFolder(dir, design)
    return made.ok ? answer({ design: dir, files: made.value }, `A new design in ${dir}`) : made
  },
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
