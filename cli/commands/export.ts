import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { toMermaid } from '../../core/dfd/to-mermaid.ts'
import type { Design } from '../../core/model/types.ts'
import { bundleOf } from '../../core/model/write.ts'
import { refuse } from '../../core/support/result.ts'
import { openDesign } from '../design.ts'
import { answer, type Command } from '../frame.ts'

type Written = {
  readonly text: string
  readonly losses: readonly { readonly at: string; readonly what: string; readonly why: string }[]
}

const WRITERS: Readonly<Record<string, (design: Design) => Written>> = {
  skeptic: design => ({ text: bundleOf(design), losses: [] }),
  mermaid: design => ({
    text: toMermaid(design),
    losses: [{ at: 'design', what: 'everything but elements, flows and boundaries', why: 'Mermaid text holds a drawing only' }],
  }),
}

export const exportCommand: Command = {
  takes: [],
  options: {
    format: { value: 'NAME', help: 'skeptic (one bundle file) or mermaid.' },
    out: { value: 'FILE', help: 'Where to write; default: stdout.' },
  },
  async run({ options, world }) {
    const format = options.text('format') ?? 'skeptic'
    const writer = Object.hasOwn(WRITERS, format) ? WRITERS[format] : undefined
    if (!writer)
      return refuse({
        code: 'export.format',
        message: `There is no writer for "${format}".`,
        cure: 'skeptic formats lists what can be written.',
      })
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const { text, losses } = writer(opened.value.design)
    const out = options.text('out')
    if (out === undefined) return answer({ format, file: null, losses, text }, text)
    const file = path.resolve(world.cwd, out)
    await writeFile(file, text)
    return answer({ format, file, losses }, `${file}`)
  },
}
