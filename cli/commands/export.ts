import path from 'node:path'
import { exportModel } from '../../core/interop/export.ts'
import { openDesign } from '../design.ts'
import { answer, type Command } from '../frame.ts'
import { writeOut } from '../output.ts'
import { allPacks } from '../packs.ts'

export const exportCommand: Command = {
  takes: [],
  options: {
    format: { value: 'NAME', help: 'One that skeptic formats calls writable; default: skeptic, one bundle file.' },
    out: { value: 'FILE', help: 'Where to write; default: stdout.' },
  },
  async run({ options, world }) {
    const format = options.text('format') ?? 'skeptic'
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const packs = await allPacks(opened.value)
    const exported = exportModel(opened.value.design, format, { at: world.at, version: world.version, packs })
    if (!exported.ok) return exported
    const { text, losses } = exported.value
    const out = options.text('out')
    if (out === undefined) return answer({ format, file: null, losses, text }, text)
    const written = await writeOut(path.resolve(world.cwd, out), text)
    return written.ok ? answer({ format, file: written.value, losses }, written.value) : written
  },
}
