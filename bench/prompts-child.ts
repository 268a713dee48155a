// Writes the prompts of so many work items in several ways; prints what each took, in microseconds a prompt, as JSON (P13).

import Handlebars from 'handlebars'
import { rowsOf } from '../core/model/table.ts'
import { contextOf } from '../core/prompts/context.ts'
import { makePrompt } from '../core/prompts/make.ts'
import { NO_DIGEST } from '../core/prompts/prompt-digest.ts'
import { renderTemplate, type TemplateValue } from '../core/prompts/render.ts'
import { ingredientsOf, sealedRendering } from '../core/prompts/rendering.ts'
import { slotsFor } from '../core/prompts/slots.ts'
import { untagged } from '../core/prompts/untagged.ts'
import { builtinPacks } from '../packs/builtin.ts'
import targets from '../packs/targets/targets.json'
import * as templates from '../templates/generated/templates.js'
import { AT, promptDesign } from './prompt-designs.ts'
import { literal, type Words } from './prompt-literal.ts'

const count = Number(process.argv[2])
const packs = { ...builtinPacks, targets: [targets as unknown as (typeof builtinPacks.targets)[number]] }
const design = promptDesign(count, packs.controls)
const items = rowsOf(design.workItems).map(({ id }) => id)

/** What the templates get, and the same without marks for the literals. */
const contexts = items.map(workItem => {
  const found = ingredientsOf(design, packs, templates, { workItem, target: 'markdown', at: AT, isDraft: false })
  if (!found.ok) throw new Error(found.problems[0].message)
  const words = contextOf(sealedRendering(found.value).parts, slotsFor(found.value.target))
  const context = { ...words, digest: NO_DIGEST }
  return { context, plain: bare(context) as Words }
})

function bare(value: TemplateValue): unknown {
  if (typeof value === 'string') return untagged(value).text
  if (Array.isArray(value)) return value.map(bare)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bare(inner)]))
}

function written(at: number): string {
  const one = contexts[at]
  return one ? untagged(renderTemplate(templates, 'prompt', one.context)).text : ''
}

function byHand(at: number): string {
  const one = contexts[at]
  return one ? literal(one.plain) : ''
}

function compiled(at: number): string {
  const engine = Handlebars.create()
  const options = { strict: true, noEscape: true }
  for (const [name, source] of Object.entries(templates.sources))
    if (name.startsWith('partials/')) engine.registerPartial(name.slice('partials/'.length), engine.compile(source, options))
  return engine.compile(templates.sources['templates/prompt'] ?? '', options)(contexts[at]?.plain)
}

/** From the design to the prompt that can be issued: slice, policy, words, two digests, lint and data scan. */
function made(at: number): string {
  const prompt = makePrompt(design, packs, templates, { workItem: items[at] ?? '', target: 'markdown', at: AT, pass: 'draft' })
  if (!prompt.ok) throw new Error(prompt.problems[0].message)
  return prompt.value.text
}

for (const at of items.keys())
  if (written(at) !== byHand(at)) throw new Error(`prompts-child: the literals write another prompt of ${items[at]}`)
if (compiled(0) !== byHand(0)) throw new Error('prompts-child: a compiled template writes another prompt')

let length = 0

/** Microseconds of processor time for one prompt, over the first so many. Asking for a letter makes one piece of the text, as sending it would. */
function timeOf(write: (at: number) => string, most = count): number {
  const start = process.cpuUsage()
  for (let at = 0; at < most; at++) length += write(at).charCodeAt(0)
  const { user, system } = process.cpuUsage(start)
  return (user + system) / most
}

const WARM = 2
const ROUNDS = 7
const rounds: { literal: number; written: number; made: number; compiled: number }[] = []
for (let round = 0; round < WARM + ROUNDS; round++) {
  const told = { literal: timeOf(byHand), written: timeOf(written), made: timeOf(made, 50), compiled: timeOf(compiled, 10) }
  if (round >= WARM) rounds.push(told)
}
process.stdout.write(JSON.stringify({ rounds, length: Math.round(byHand(0).length), total: length }))
