import path from 'node:path'
import { rowIds } from '../../core/model/table.ts'
import { promptVersions } from '../../core/prompts/versions.ts'
import { differenceOf, isSame } from '../../core/reports/difference.ts'
import { differenceMarkdown, differenceText } from '../../core/reports/difference-text.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { readLedgerFolder } from '../../host/node/ledger.ts'
import { comparable, type DiffSide, presentSide, sideJson, sideNamed } from '../diff-sides.ts'
import { answer, type Command } from '../frame.ts'
import { writeOut } from '../output.ts'
import { allPacks } from '../packs.ts'

export const diff: Command = {
  takes: ['A', '[B]'],
  options: {
    format: { value: 'text|md', help: 'Text (the default), or Markdown for a pull-request comment.' },
    out: { value: 'FILE', help: 'Write it to this file instead of showing it.' },
    'exit-code': { help: 'Exit 1 when the designs differ; without it a difference is no failure.' },
  },
  async run({ args, options, world }) {
    const format = options.text('format') ?? 'text'
    if (format !== 'text' && format !== 'md')
      return refuse({ code: 'diff.format', message: `There is no format "${format}".`, cure: 'One of text, md.' })
    const before = await sideNamed(world, args[0] as string)
    if (!before.ok) return before
    const after = args[1] === undefined ? await presentSide(world) : await sideNamed(world, args[1])
    if (!after.ok) return after
    const folder = after.value.folder ?? before.value.folder
    const packs = await allPacks({ folder })
    const issued = await issuedIn(after.value)
    if (!issued.ok) return issued
    const [from, to] = comparable(before.value, after.value)
    const difference = differenceOf(from, to, packs, world.at, issued.value)
    const json = { ...difference, before: sideJson(before.value), after: sideJson(after.value) }
    const designId = to.settings.design?.designId
    const text = format === 'md' ? differenceMarkdown(difference, designId) : differenceText(difference)
    const exit = options.on('exit-code') && !isSame(difference) ? 1 : 0
    const out = options.text('out')
    if (out === undefined) return answer(json, text, exit)
    const written = await writeOut(path.resolve(world.cwd, out), text.endsWith('\n') ? text : `${text}\n`)
    return written.ok ? answer({ ...json, file: written.value }, `Written to ${written.value}`, exit) : written
  },
}

/** The last version of each prompt that went out, by work item; only a design folder has a ledger. */
async function issuedIn({ folder, design }: DiffSide): Promise<Result<ReadonlyMap<string, number>>> {
  if (folder === undefined) return ok(new Map())
  const ledger = await readLedgerFolder(folder)
  if (!ledger.ok) return ledger
  const versions = rowIds(design.workItems).flatMap(id => {
    const last = promptVersions(id, ledger.value).at(-1)
    return last ? [[id, last.number] as const] : []
  })
  return ok(new Map(versions))
}
