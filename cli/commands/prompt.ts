import path from 'node:path'
import { evaluateGate } from '../../core/gate/evaluate.ts'
import { type Decision, decide } from '../../core/gate/policy.ts'
import type { Design } from '../../core/model/types.ts'
import { fileDiff } from '../../core/prompts/file-diff.ts'
import { issuedPayload } from '../../core/prompts/issued.ts'
import { type EditedBy, whyNoFiles } from '../../core/prompts/make.ts'
import { linearEngine } from '../../core/scan/linear.ts'
import type { Problem } from '../../core/support/result.ts'
import { conflictProblem, type FilePlan, type ManagedConflict } from '../../core/targets/managed.ts'
import { noteEntry } from '../../host/node/kept-states.ts'
import { readLedgerFolder } from '../../host/node/ledger.ts'
import { planSave, writeSave } from '../../host/node/managed/save-prompt.ts'
import { finalGate, keepWithheld } from '../../host/node/scan/final-gate.ts'
import { makeTeamPrompt } from '../../host/node/templates/make-prompt.ts'
import * as templates from '../../templates/generated/templates.js'
import { openDesign } from '../design.ts'
import { EXPERIMENT, experimentOf } from '../experiment.ts'
import { answer, type Command } from '../frame.ts'
import { allPacks } from '../packs.ts'
import { answerSplit } from '../prompt-split.ts'
import { trailersFor } from '../trailers.ts'

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
    tool: { value: 'NAME', help: 'Tool it will be used with, as the policy lists it.' },
    model: { value: 'NAME', help: 'Model it will be used with.' },
    split: { help: 'How to cut a work item that is too large: which control goes where. Changes nothing.' },
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
    const asked = options.text('target') ?? 'markdown'
    const target = asked === EXPERIMENT ? 'markdown' : asked
    if (options.on('split')) return answerSplit(design, packs, templates, { workItem, target, at: world.at })
    const [tool, model] = [options.text('tool'), options.text('model')]
    const use = { by: world.by, ...(tool === undefined ? {} : { tool }), ...(model === undefined ? {} : { model }) }
    const decision = decide(design, packs, { workItem, at: world.at, use: { ...use, target } })
    const gate = evaluateGate(design, packs, { at: world.at, workItem })
    if (!gate.pass && !options.on('draft')) {
      const lines = gate.problems.map(
        ({ at, message, cure }) => `  ${at ?? ''}  ${message}${cure === undefined ? '' : ` ${cure}`}`,
      )
      return answer(
        { refused: 'gate.closed', problems: gate.problems, decision },
        [`The gate is closed for ${workItem}: no prompt.`, ...lines, 'A marked draft: --draft'].join('\n'),
        1,
      )
    }
    const made = await makeTeamPrompt(design, packs, {
      ...{ workItem, target, at: world.at, pass: gate.pass ?? ('draft' as const), use },
      ...{ folder, template: options.text('template'), generated: options.on('generated'), engine: linearEngine },
    })
    if (!made.ok) return isRefusal(made.problems[0].code) ? refused(made.problems, decision) : made
    const { id, digest, slice, lint, scan, draft, text, edited, template } = made.value
    const experiment =
      asked === EXPERIMENT ? experimentOf(design, packs, { prompt: made.value, workItem, world, options }) : undefined
    if (experiment && !experiment.ok) return experiment
    const files = experiment?.value ?? made.value.files
    const found = await finalGate(design, made.value)
    if (!found.ok) return refused(found.problems, decision)
    if (folder !== undefined && scan.length > 0)
      await keepWithheld(folder, { design, packs, templates }, { workItem, target, at: world.at, isDraft: draft })
    const out = options.text('out')
    const barred = whyNoFiles(made.value)
    if (barred.length > 0) return refused(barred, decision)
    if (edited) world.say(editedWords(workItem, edited))
    const plan =
      out === undefined
        ? undefined
        : planSave({ ...made.value, files }, { root: path.resolve(world.cwd, out), designDir: folder })
    if (plan && !plan.ok) return plan
    if (plan && plan.value.conflicts.length > 0) return keptOf(plan.value.conflicts)
    const issue = { workItem, target, at: world.at, model, use: { ...use, target }, found: found.value }
    const ordinal =
      folder === undefined
        ? undefined
        : await record(folder, design, {
            issued: issuedPayload(made.value, { design, packs, templates }, issue),
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
      target: asked,
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

function refused(problems: readonly Problem[], decision: Decision) {
  const lines = problems.map(
    ({ at, message, cure }) => `${at === undefined ? '' : `${at}: `}${message}${cure === undefined ? '' : `\n  ${cure}`}`,
  )
  return answer({ refused: problems[0]?.code, problems, decision }, lines.join('\n'), 1)
}

/** Notes the issue in the ledger, once for the same text; answers its ordinal. */
async function record(
  folder: string,
  design: Design,
  {
    issued,
    stamp,
  }: { readonly issued: ReturnType<typeof issuedPayload>; readonly stamp: { readonly at: string; readonly by: string } },
) {
  const ledger = await readLedgerFolder(folder)
  if (!ledger.ok) return ledger
  const before = ledger.value.entries.filter(({ entry }) => entry.type === 'prompt-issued' && entry.payload.id === issued.id)
  const same = before.findIndex(({ entry }) => entry.payload.digest === issued.digest)
  if (same >= 0) return { ok: true as const, value: same + 1 }
  const appended = await noteEntry(folder, { type: 'prompt-issued', payload: issued, design }, stamp)
  return appended.ok ? { ok: true as const, value: before.length + 1 } : appended
}
