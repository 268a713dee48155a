import path from 'node:path'
import { evaluateGate } from '../../core/gate/evaluate.ts'
import type { Design } from '../../core/model/types.ts'
import { type EditedBy, makePrompt } from '../../core/prompts/make.ts'
import { all, type Problem } from '../../core/support/result.ts'
import { noteEntry } from '../../host/node/kept-states.ts'
import { readLedgerFolder } from '../../host/node/ledger.ts'
import * as templates from '../../templates/generated/templates.js'
import { openDesign } from '../design.ts'
import { EXPERIMENT, experimentOf } from '../experiment.ts'
import { answer, type Command } from '../frame.ts'
import { writeOut } from '../output.ts'
import { allPacks } from '../packs.ts'
import { trailersFor } from '../trailers.ts'

export const prompt: Command = {
  takes: ['W'],
  options: {
    target: { value: 'NAME', help: 'Coding tool it is for; default markdown. skeptic targets lists them.' },
    out: { value: 'DIR', help: 'Write the files below DIR instead of printing the text.' },
    draft: { help: 'Even when the gate is closed: marked DRAFT and recorded as such.' },
    generated: { help: 'Without what was edited by hand.' },
    trailers: { help: 'Only the lines to end the commit message with, for the text that was issued last.' },
    agent: { value: 'AGENT:MODEL', help: 'With --trailers: the tool that helped, as Claude:claude-opus-4-5.' },
    provider: { value: 'ID', many: true, help: 'With --target promptfoo: a model to ask, as promptfoo names it; default echo.' },
  },
  async run({ args, options, world }) {
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const { design, folder } = opened.value
    const workItem = args[0] as string
    if (options.on('trailers')) return trailersFor({ workItem, folder, options })
    const packs = await allPacks(opened.value)
    const gate = evaluateGate(design, packs, { at: world.at, workItem })
    if (!gate.pass && !options.on('draft')) {
      const lines = gate.problems.map(
        ({ at, message, cure }) => `  ${at ?? ''}  ${message}${cure === undefined ? '' : ` ${cure}`}`,
      )
      return answer(
        { refused: 'gate.closed', problems: gate.problems },
        [`The gate is closed for ${workItem}: no prompt.`, ...lines, 'A marked draft: --draft'].join('\n'),
        1,
      )
    }
    const asked = options.text('target') ?? 'markdown'
    const target = asked === EXPERIMENT ? 'markdown' : asked
    const made = makePrompt(design, packs, templates, {
      ...{ workItem, target, at: world.at, pass: gate.pass ?? ('draft' as const) },
      generated: options.on('generated'),
    })
    if (!made.ok) return isRefusal(made.problems[0].code) ? refused(made.problems) : made
    const { id, digest, slice, lint, scan, decision, draft, edited, text } = made.value
    const experiment =
      asked === EXPERIMENT ? experimentOf(design, packs, { prompt: made.value, workItem, world, options }) : undefined
    if (experiment && !experiment.ok) return experiment
    const files = experiment?.value ?? made.value.files
    if (edited) world.say(editedWords(workItem, edited))
    const whose = edited ? { edited: { by: edited.by, at: edited.at } } : {}
    const ordinal =
      folder === undefined
        ? undefined
        : await record(folder, design, {
            issued: { workItem, id, digest, slice, target, draft, text, decision, ...whose },
            stamp: world,
          })
    if (ordinal !== undefined && !ordinal.ok) return ordinal
    const out = options.text('out')
    if (out !== undefined) {
      const written = await writeFiles(path.resolve(world.cwd, out), files)
      if (!written.ok) return written
    }
    const json = {
      id,
      version: ordinal?.value ?? null,
      digest,
      slice,
      target: asked,
      draft,
      edited: edited ?? null,
      files,
      lint,
      scan,
      decision,
    }
    const shown = experiment?.value[0]?.text ?? text
    return answer(json, out === undefined ? shown : files.map(file => path.join(out, file.path)).join('\n'))
  },
}

/** Policy, prompt lint, data scan and an edit that does not fit say no; anything else is wrong input. */
function isRefusal(code: string): boolean {
  return /^(?:policy\.|scan\.|GP\d|prompt\.edit)/.test(code)
}

function editedWords(workItem: string, { by, at, lines, isMerged }: EditedBy): string {
  const later = isMerged ? ' The generated text changed since; the edit still fits.' : ''
  const count = lines === 1 ? '1 line' : `${lines} lines`
  return `${workItem}: edited by hand by ${by}, ${at}: ${count}.${later} As generated: --generated`
}

function refused(problems: readonly Problem[]) {
  const lines = problems.map(
    ({ at, message, cure }) => `${at === undefined ? '' : `${at}: `}${message}${cure === undefined ? '' : `\n  ${cure}`}`,
  )
  return answer({ refused: problems[0]?.code, problems }, lines.join('\n'), 1)
}

type Issued = {
  readonly workItem: string
  readonly id: string
  readonly digest: string
  readonly slice: string
  readonly target: string
  readonly draft: boolean
  readonly text: string
  readonly decision: unknown
  readonly edited?: { readonly by: string; readonly at: string }
}

/** Notes the issue in the ledger, once for the same text; answers its ordinal. */
async function record(
  folder: string,
  design: Design,
  { issued, stamp }: { readonly issued: Issued; readonly stamp: { readonly at: string; readonly by: string } },
) {
  const ledger = await readLedgerFolder(folder)
  if (!ledger.ok) return ledger
  const before = ledger.value.entries.filter(({ entry }) => entry.type === 'prompt-issued' && entry.payload.id === issued.id)
  const same = before.findIndex(({ entry }) => entry.payload.digest === issued.digest)
  if (same >= 0) return { ok: true as const, value: same + 1 }
  const appended = await noteEntry(folder, { type: 'prompt-issued', payload: issued, design }, stamp)
  return appended.ok ? { ok: true as const, value: before.length + 1 } : appended
}

async function writeFiles(dir: string, files: readonly { readonly path: string; readonly text: string }[]) {
  return all(await Promise.all(files.map(file => writeOut(path.join(dir, file.path), file.text))))
}
