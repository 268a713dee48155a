import type { TemplateValue } from '../../../core/prompts/render.ts'
import { allowed } from './allowed.ts'
import { unknownNames } from './names.ts'
import type { Fault, Parsed, Piece } from './pieces.ts'
import { runTemplate } from './run.ts'

/** What the worker is asked: all templates to look through, and perhaps one to run. Plain JSON. */
export type Job = {
  /** The team's own by name; each lies at `templates/NAME.hbs`. */
  readonly own: Readonly<Record<string, string>>
  /** The parts that come with the program. */
  readonly builtin: Readonly<Record<string, string>>
  readonly run?: { readonly name: string; readonly context: TemplateValue }
}

/** What it answers. Faults are by name; a text only where the one that ran had none. */
export type Done = { readonly faults: Readonly<Record<string, readonly Fault[]>>; readonly text?: string }

/** Does a job. Meant for the worker; a test may call it in place, where nothing keeps it from taking long. */
export function doJob(job: Job): Done {
  const own = parsedOf(job.own, true)
  const parts = new Map([...parsedOf(job.builtin, false), ...own].map(([name, one]) => [name, one.parsed]))
  const faults: Record<string, readonly Fault[]> = {}
  for (const [name, one] of own) faults[name] = [...one.faults, ...partFaults(one.parsed, parts, job.builtin)]
  if (!job.run) return { faults }
  const { name, context } = job.run
  const chosen = own.get(name)
  const needed = [name, ...partsUsed(name, parts)].filter(one => own.has(one))
  const before = needed.flatMap(one => faults[one] ?? [])
  if (!chosen || before.length > 0) return { faults: { ...faults, [name]: before } }
  const bare = withoutPrototypes(context)
  const { text, fault } = runTemplate(chosen.parsed, parts, bare)
  const named = unknownNames(chosen.parsed, bare)
  if (!fault && named.length === 0) return { faults, text }
  return { faults: { ...faults, [name]: fault ? [fault, ...named.filter(one => !isSame(one, fault))] : named } }
}

function isSame(a: Fault, b: Fault): boolean {
  return a.code === b.code && a.place.file === b.place.file && a.place.line === b.place.line && a.place.column === b.place.column
}

function parsedOf(sources: Readonly<Record<string, string>>, isOwn: boolean) {
  const folder = isOwn ? 'templates' : 'partials'
  return new Map(
    Object.entries(sources).map(([name, source]) => [name, allowed(`${folder}/${name}.hbs`, source, isOwn)] as const),
  )
}

/** Parts that are not there, and a template that uses itself. */
function partFaults({ pieces }: Parsed, parts: ReadonlyMap<string, Parsed>, builtin: Job['builtin']): readonly Fault[] {
  return named(pieces).flatMap((part): readonly Fault[] => {
    const { place, name } = part
    const message = `There is no part called "${name.slice(0, 60)}".`
    if (!parts.has(name))
      return [{ code: 'template.unknownPart', place, message, cure: `There are: ${Object.keys(builtin).sort().join(', ')}.` }]
    if (!partsUsed(name, parts).has(name)) return []
    const again = `The part "${name}" uses itself, so it would never end.`
    return [{ code: 'template.recursion', place, message: again, cure: 'Use each for what repeats.' }]
  })
}

/** Every part that a template uses, and those that these use. */
function partsUsed(name: string, parts: ReadonlyMap<string, Parsed>): ReadonlySet<string> {
  const used = new Set<string>()
  const left = [name]
  for (let next = left.pop(); next !== undefined; next = left.pop())
    for (const part of named(parts.get(next)?.pieces ?? []))
      if (!used.has(part.name)) {
        used.add(part.name)
        left.push(part.name)
      }
  return used
}

function named(pieces: readonly Piece[]): readonly Extract<Piece, { readonly kind: 'part' }>[] {
  return pieces.flatMap(piece =>
    piece.kind === 'part' ? [piece] : 'body' in piece ? [...named(piece.body), ...named(piece.otherwise)] : [],
  )
}

/** A template reaches nothing but what was put in: no object here has anything above it. */
function withoutPrototypes(value: TemplateValue): TemplateValue {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(withoutPrototypes)
  const bare = Object.create(null) as Record<string, TemplateValue>
  for (const [name, inner] of Object.entries(value as Readonly<Record<string, TemplateValue>>))
    bare[name] = withoutPrototypes(inner)
  return bare
}
