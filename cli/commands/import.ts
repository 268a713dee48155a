import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { importModel } from '../../core/interop/import.ts'
import { JSON_LIMITS, tooLarge } from '../../core/model/json.ts'
import { refuse } from '../../core/support/result.ts'
import { createFolder, writeChanges } from '../../host/node/store.ts'
import { openWritable } from '../design.ts'
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
    const imported = importModel(path.basename(file), text.value, { stamp, ...(format === undefined ? {} : { format }) })
    if (!imported.ok) return imported
    const { design, summary } = imported.value
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
    ]
    return answer(summary, lines.join('\n'))
  },
}

type ImportedDesign = Parameters<typeof createFolder>[1]

/** Adds the imported rows to the present design; its own name and policy stay. */
async function addTo(world: World, imported: ImportedDesign) {
  const opened = await openWritable(world)
  if (!opened.ok) return opened
  const { design, folder } = opened.value
  const tables = Object.keys(imported) as (keyof ImportedDesign)[]
  const merged = Object.fromEntries(
    tables.map(table => [
      table,
      table === 'settings' || table === 'policy' ? design[table] : { ...design[table], ...imported[table] },
    ]),
  )
  return writeChanges(folder, design, merged as unknown as ImportedDesign)
}

async function readBounded(file: string) {
  const stats = await stat(file).catch(() => undefined)
  if (!stats?.isFile())
    return refuse({ code: 'file.missing', at: file, message: 'There is no such file.', cure: 'Check the name.' })
  if (stats.size > JSON_LIMITS.length) return tooLarge(file, stats.size, JSON_LIMITS.length)
  return { ok: true as const, value: await readFile(file, 'utf8') }
}
