import type { PromptPart, Target, TargetFile, TargetKey } from '../model/types.ts'
import { all, ok, type Result, refuse } from '../support/result.ts'
import { originOf, type PromptArtefact } from './artefact.ts'
import type { Head, Value } from './head.ts'
import { neutralise } from './neutralise.ts'

type Place = { readonly file: TargetFile; readonly path: string; readonly body: string }

/** The keys of a file's head with the values that this prompt gives them, in the order of the pack. */
export function headFor(target: Target, artefact: PromptArtefact, place: Place): Result<Head> {
  const values = (place.file.keys ?? []).map(key => {
    const value = holdingOf(key, { target, artefact, place })
    return value.ok ? ok([key.name, value.value] as const) : value
  })
  return all(values)
}

type From = { readonly target: Target; readonly artefact: PromptArtefact; readonly place: Place }

function holdingOf(key: TargetKey, from: From): Result<Value> {
  const { artefact, place } = from
  if (key.from === undefined) return ok(constantOf(key))
  switch (key.from) {
    case 'slug':
      return ok(artefact.slug)
    case 'description':
      return descriptionOf(key, from)
    case 'paths':
      return pathsOf(from)
    case 'pathText':
      return pathTextOf(from)
    case 'identity':
      return ok({ 'skeptic-prompt': artefact.id, 'skeptic-digest': artefact.digest, 'skeptic-slice': artefact.slice })
    case 'cases':
      return ok(casesOf(artefact))
    case 'origin':
      return ok(`Made with Skeptic from ${originOf(artefact)}. Put your own provider in the place of echo.`)
    case 'body':
      return ok(place.body)
  }
}

function constantOf({ name, text, flag, list, map }: TargetKey): Value {
  const value = text ?? flag ?? list ?? map
  if (value === undefined) throw new Error(`headFor: the pack gives ${name} no value`)
  return value
}

/** Room that descriptions have where a pack names no limit: what common linters call long. */
const DESCRIPTION = 500

/** When to use the prompt and when not, then as much of the title as fits; the title stands in full in the text. */
function descriptionOf({ characters = DESCRIPTION }: TargetKey, { target, artefact, place }: From): Result<string> {
  const made = neutralise(artefact.title, target)
  if (!made.ok) return made
  const purpose = `${purposeOf(place.file.part, artefact)} The change: `
  // Skills may hold no tags here, and a quotation mark reads the same.
  const words = made.value.replace(/[<>]/g, "'").trim()
  const room = characters - purpose.length
  return ok(purpose + (words.length <= room ? words : `${words.slice(0, room - 1).replace(/[\ud800-\udbff]$/, '')}…`))
}

function purposeOf(part: PromptPart, { id, workItem }: PromptArtefact): string {
  switch (part) {
    case 'guard':
      return `What holds for the paths of work item ${workItem}, whatever is changed there.`
    case 'reviewer':
      return `Reviews a change made from ${id} and only reports. Use when a person asks for that review.`
    default:
      return `Guarded prompt ${id}. Use when a person asks to carry out work item ${workItem}; for any other task, leave it.`
  }
}

/** The globs as they are; one that would have to be changed is refused, because then it means other files. */
function pathsOf({ target, artefact, place }: From): Result<readonly string[]> {
  const { mayEdit, workItem } = artefact
  const refused = (message: string, cure: string) => refuse({ code: 'target.paths', at: workItem, message, cure })
  if (mayEdit.length === 0)
    return refused(
      `${place.path} is a rule for certain paths, and the work item names none that may be edited.`,
      'Name them in the work item, or choose a target without rules.',
    )
  const wrong = mayEdit.find(glob => isUnsafe(glob) || isChanged(glob, target))
  if (wrong === undefined) return ok(mayEdit)
  return refused(
    `${place.path} cannot hold the path "${wrong.slice(0, 60)}" unchanged.`,
    'Paths are relative, without .. and !, and hold nothing that the tool acts on.',
  )
}

function isUnsafe(glob: string): boolean {
  return glob.trim() !== glob || glob === '' || /^(?:[/\\!~#]|[A-Za-z]:)/.test(glob) || /(?:^|[/\\])\.\.(?:[/\\]|$)/.test(glob)
}

function isChanged(glob: string, target: Target): boolean {
  const made = neutralise(glob, target)
  return !made.ok || made.value !== glob
}

/** Globs in one text with commas between, which a glob with a comma of its own would break. */
function pathTextOf(from: From): Result<string> {
  const found = pathsOf(from)
  if (!found.ok) return found
  const wrong = found.value.find(glob => glob.includes(','))
  if (wrong === undefined) return ok(found.value.join(','))
  return refuse({
    code: 'target.paths',
    at: from.artefact.workItem,
    message: `${from.place.path} lists paths with commas between, so it cannot hold "${wrong.slice(0, 60)}".`,
    cure: 'Write two paths instead of braces.',
  })
}

/** What an answer has to claim: one case, each test named in it; the id of the prompt where there is none. */
function casesOf({ id, tests }: PromptArtefact): readonly Value[] {
  return [
    {
      description: `The answer names what ${id} asks to be shown`,
      assert: (tests.length > 0 ? tests : [id]).map(value => ({ type: 'icontains', value })),
    },
  ]
}
