import type { Design, Packs } from '../../../core/model/types.ts'
import { lineNumberAt } from '../../../core/prompts/lines.ts'
import type { makePrompt } from '../../../core/prompts/make.ts'
import type { Templates } from '../../../core/prompts/render.ts'
import { type WithheldInput, withheldValues } from '../../../core/prompts/withheld.ts'
import { type FieldFound, scanFields } from '../../../core/scan/fields.ts'
import { linearEngine } from '../../../core/scan/linear.ts'
import { inOrder, problemOf } from '../../../core/scan/problems.ts'
import { scanText } from '../../../core/scan/scan.ts'
import { ok, type Problem, type Result } from '../../../core/support/result.ts'
import { keepValues, localKey } from './local-folder.ts'
import { secondReading } from './second-reader.ts'

type Prompt = Extract<ReturnType<typeof makePrompt>, { ok: true }>['value']

/** A finding as the ledger keeps it: rule, field, place and fingerprint, never the value. */
export type NotedFinding = Pick<FieldFound, 'rule' | 'at' | 'field' | 'start' | 'end' | 'fingerprint'>

/**
 * The last look before a prompt leaves: every file of it, by our own patterns and by a second reader. What the prompt was made from was
 * judged when it was made, with its waivers; here only a secret of a known shape keeps it back. Answers what the ledger notes.
 */
export async function finalGate(design: Design, prompt: Prompt): Promise<Result<readonly NotedFinding[]>> {
  const [first, ...rest] = (await Promise.all(prompt.files.map(file => secretsIn(prompt.id, file.text)))).flat()
  if (first) return { ok: false, problems: [first, ...rest] }
  const told = new Set(prompt.scan.map(({ code, at }) => `${code} ${at}`))
  if (told.size === 0) return ok([])
  const key = await localKey()
  const ids = new Set(prompt.scan.flatMap(({ at }) => (at === undefined ? [] : [at])))
  const found = scanFields(design, { ids, engine: linearEngine, ...(key ? { key } : {}) })
  return ok(found.filter(({ rule, at }) => told.has(`${rule} ${at}`)).map(noted))
}

/** Keeps on this machine what the placeholders of a prompt stand for, so that an answer can be read with them. */
export async function keepWithheld(
  folder: string,
  { design, packs, templates }: { readonly design: Design; readonly packs: Packs; readonly templates: Templates },
  input: WithheldInput,
): Promise<void> {
  const values = withheldValues(design, packs, templates, { ...input, engine: linearEngine })
  await keepValues({ design: folder, workItem: input.workItem, target: input.target }, values)
}

async function secretsIn(id: string, text: string): Promise<readonly Problem[]> {
  const own = scanText(text, { engine: linearEngine }).filter(({ action }) => action === 'block')
  const second = (await secondReading(text)).filter(one => !own.some(known => known.start < one.end && known.end > one.start))
  return inOrder(
    [...own, ...second].map(found => problemOf(found, { at: `${id}:${lineNumberAt(text, found.start)}`, shown: 'asItIs' })),
  )
}

function noted({ rule, at, field, start, end, fingerprint }: FieldFound): NotedFinding {
  return { rule, at, field, start, end, ...(fingerprint === undefined ? {} : { fingerprint }) }
}
