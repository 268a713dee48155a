import path from 'node:path'
import { evaluateGate } from '../../core/gate/evaluate.ts'
import type { Design } from '../../core/model/types.ts'
import { fileDiff } from '../../core/prompts/file-diff.ts'
import { type EditedBy, whyNoFiles } from '../../core/prompts/make.ts'
import type { OwnTemplate } from '../../core/prompts/own-template.ts'
import type { Problem } from '../../core/support/result.ts'
import { conflictProblem, type FilePlan, type ManagedConflict } from '../../core/targets/managed.ts'
import { noteEntry } from '../../host/node/kept-states.ts'
import { readLedgerFolder } from '../../host/node/ledger.ts'
import { planSave, writeSave } from '../../host/node/managed/save-prompt.ts'
import { makeTeamPrompt } from '../../host/node/templates/make-prompt.ts'
import { openDesign } from '../design.ts'
import { answer, type Command } from '../frame.ts'
import { allPacks } from '../packs.ts'

export const prompt: Command = {
  takes: ['W'],
  options: {
    target: { value: 'NAME', help: 'Coding tool it is for; default markdown. skeptic targets lists them.' },
    out: { value: 'DIR', help: 'Write the files below DIR, the root of the repository; what was changed by hand stays.' },
    draft: { help: 'Even when the gate is closed: marked DRAFT and recorded as such.' },
    template: {
      value: 'NAME',
      help: "One of the team's own, templates/NAME.hbs of the design, in place of the built-in sections.",
    },
    generated: { help: 'Without what was edited by hand.' },
  },
  async run({ args, options, world }) {
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const { design, folder } = opened.value
    const workItem = args[0] as string
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
    const target = options.text('target') ?? 'markdown'
    const made = await makeTeamPrompt(design, packs, {
      ...{ workItem, target, at: world.at, pass: gate.pass ?? ('draft' as const) },
      ...{ folder, template: options.text('template'), generated: options.on('generated') },
    })
    if (!made.ok) return isRefusal(made.problems[0].code) ? refused(made.problems) : made
    const { id, digest, slice, files, lint, scan, decision, draft, text, edited, template } = made.value
    const out = options.text('out')
    const barred = whyNoFiles(made.value)
    if (barred.length > 0) return refused(barred)
    if (edited) world.say(editedWords(workItem, edited))
    const plan = out === undefined ? undefined : planSave(made.value, { root: path.resolve(world.cwd, out), designDir: folder })
    if (plan && !plan.ok) return plan
    if (plan && plan.value.conflicts.length > 0) return keptOf(plan.value.conflicts)
    const whose = edited ? { edited: { by: edited.by, at: edited.at } } : {}
    const ordinal =
      folder === undefined
        ? undefined
        : await record(folder, design, {
            issued: { workItem, id, digest, slice, target, draft, text, decision, ...whose, ...(template ? { template } : {}) },
            stamp: world,
          })
    if (ordinal !== undefined && !ordinal.ok) return ordinal
    const written = plan && (await writeSave(plan.value))
    if (written && !written.ok) return written
    const json = {
      id,
      version: ordinal?.value ?? null,
      digest,
      slice,
      target,
      draft,
      edited: edited ?? null,
      template: template ?? null,
      files,
      lint,
      scan,
      decision,
      ...(plan ? { written: plan.value.plans.map(({ path: at, kind }) => ({ path: at, kind })) } : {}),
    }
    return answer(
      json,
      out === undefined || !plan ? (files[0]?.text ?? text) : plan.value.plans.map(one => writtenWords(out, one)).join('\n'),
    )
  },
}

/** What became of one file; a path alone where it was written. */
function writtenWords(out: string, { path: at, kind }: FilePlan): string {
  const words = { created: '', updated: '', same: ' (unchanged)', left: ' (left as it is: it is not ours)', conflict: '' }
  return `${path.join(out, at)}${words[kind]}`
}

/** Nothing is written when one file would lose what a person wrote; the difference is shown instead. */
function keptOf(conflicts: readonly ManagedConflict[]) {
  const problems = conflicts.map(conflictProblem)
  const shown = conflicts.map(({ path: at, before, after }) => ({ path: at, diff: fileDiff(at, before, after) }))
  const lines = problems.map(({ at, message, cure }, index) => `${at}: ${message}\n${shown[index]?.diff ?? ''}${cure ?? ''}`)
  return answer({ refused: 'export.edited', problems, conflicts: shown }, ['Nothing was written.', ...lines].join('\n\n'), 1)
}

/** Policy, prompt lint, data scan, a target that cannot take it and an edit that does not fit say no; anything else is wrong input. */
function isRefusal(code: string): boolean {
  return /^(?:policy\.|scan\.|target\.|GP\d|prompt\.edit)/.test(code)
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
  readonly template?: OwnTemplate
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
