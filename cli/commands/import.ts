import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { importModel } from '../../core/interop/import.ts'
import { encodingOf } from '../../core/interop/reading/encoding.ts'
import { changesInto } from '../../core/interop/reimport/into.ts'
import { applyChanges } from '../../core/model/change.ts'
import { explainRow } from '../../core/model/explain.ts'
import { JSON_LIMITS, tooLarge } from '../../core/model/json.ts'
import type { Design } from '../../core/model/types.ts'
import { importedProblems } from '../../core/scan/imported.ts'
import { linearEngine } from '../../core/scan/linear.ts'
import { refuse } from '../../core/support/result.ts'
import { createFolder, writeChanges } from '../../host/node/store.ts'
import { openForEditing } from '../design-write.ts'
import { answer, type Command, type World } from '../frame.ts'

export const importCommand: Command = {
  takes: ['FILE'],
  options: {
    format: { value: 'NAME', help: 'Format of FILE; default: found by its content.' },
    into: { value: 'DIR', help: 'Make a new design in DIR; default: add to the present design.' },
  },
  async run({ args, options, world }) {
    const file = path.resolve(world.cwd, args[0] as string)
    const text = await readBounded(file)
    if (!text.ok) return text
    const format = options.text('format')
    const stamp = { at: world.at, by: world.by, random: world.random }
    const imported = importModel(path.basename(file), text.value, {
      stamp,
      explain: explainRow,
      ...(format === undefined ? {} : { format }),
    })
    if (!imported.ok) return imported
    const { design } = imported.value
    const found = importedProblems(design, linearEngine)
    const summary = { ...imported.value.summary, problems: [...imported.value.summary.problems, ...found] }
    const into = options.text('into')
    const written = into === undefined ? await addTo(world, design) : await createFolder(path.resolve(world.cwd, into), design)
    if (!written.ok) return written
    const counts = Object.entries(summary.counts)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `${count} ${kind}`)
    const losses = summary.losses.map(({ at, what, why }) => `  ${at}: ${what} (${why})`)
    const lines = [
      `${summary.format} ${summary.formatVersion}: ${counts.join(', ')}`,
      losses.length > 0 ? `Not kept as it was (${losses.length}):` : 'Nothing was lost.',
      ...losses,
      ...summary.problems.map(({ at, message }) => `  ${at === undefined ? '' : `${at}: `}${message}`),
    ]
    return answer(summary, lines.join('\n'))
  },
}

/** Adds the imported rows to the present design; what is there already stays as people left it. */
async function addTo(world: World, imported: Design) {
  const opened = await openForEditing(world)
  if (!opened.ok) return opened
  const { design, folder } = opened.value
  return writeChanges(folder, design, applyChanges(design, changesInto(design, imported).changes))
}

async function readBounded(file: string) {
  const stats = await stat(file).catch(() => undefined)
  if (!stats?.isFile())
    return refuse({ code: 'file.missing', at: file, message: 'There is no such file.', cure: 'Check the name.' })
  if (stats.size > JSON_LIMITS.length) return tooLarge(file, stats.size, JSON_LIMITS.length)
  const bytes = await readFile(file)
  return { ok: true as const, value: new TextDecoder(encodingOf(bytes)).decode(bytes) }
}
