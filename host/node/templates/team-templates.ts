import path from 'node:path'
import { type OwnTemplate, ownHash } from '../../../core/prompts/own-template.ts'
import type { TemplateValue } from '../../../core/prompts/render.ts'
import { ok, type Problem, type Result, refuse } from '../../../core/support/result.ts'
import { sources as builtinSources } from '../../../templates/generated/templates.js'
import { type Disk, nodeDisk } from '../disk.ts'
import { readText } from '../read-files.ts'
import { type Fault, TEMPLATE_LIMITS } from './pieces.ts'
import { type ApartOptions, runApart } from './run-apart.ts'

/** The team's own templates as they lie in the design folder, unread by anything but the size. */
export type TeamTemplates = {
  readonly sources: Readonly<Record<string, string>>
  readonly templates: readonly OwnTemplate[]
  readonly problems: readonly Problem[]
}

/** A template with what is wrong with it; one with errors cannot be chosen. */
export type CheckedTemplate = OwnTemplate & { readonly problems: readonly Problem[] }

/** What is written around the sections by nobody but the program: what a prompt is, and that a draft is one. */
const FRAME = new Set(['header', 'draft-band', 'footer'])
const NAME = /^[a-z][a-z0-9-]{0,39}$/

/** Reads `templates/*.hbs` of a design folder; nothing there is nothing wrong. */
export function teamTemplatesIn(dir: string, disk: Disk = nodeDisk): TeamTemplates {
  const sources: Record<string, string> = {}
  const problems: Problem[] = []
  const files = filesIn(path.join(dir, 'templates'), disk).filter(({ name }) => name.endsWith('.hbs') && !name.startsWith('.'))
  for (const { name: file, kind } of files.slice(0, TEMPLATE_LIMITS.files)) {
    const at = `templates/${file}`
    const name = file.slice(0, -'.hbs'.length)
    const fault = kind === 'file' ? nameFault(name) : NO_FILE
    if (fault) problems.push({ severity: 'error', at, ...fault })
    else {
      const text = readText(path.join(dir, 'templates', file), disk, 4 * TEMPLATE_LIMITS.source)
      // The same template on every system: git may write it out with other line ends.
      if (text.ok) sources[name] = text.value.replaceAll('\r\n', '\n')
      else problems.push(...text.problems.map(problem => ({ ...problem, at })))
    }
  }
  if (files.length > TEMPLATE_LIMITS.files) problems.push(tooMany(files.length))
  const templates = Object.keys(sources).map(name => ({ name, hash: ownHash(name, sources) ?? '' }))
  return { sources, templates: templates.sort((a, b) => (a.name < b.name ? -1 : 1)), problems }
}

/** All of them looked through, in the worker: what can be chosen, and what is wrong with the rest. */
export async function checkTemplates(
  team: TeamTemplates,
): Promise<{ readonly templates: readonly CheckedTemplate[]; readonly problems: readonly Problem[] }> {
  if (team.templates.length === 0) return { templates: [], problems: team.problems }
  const done = await runApart({ own: team.sources, builtin: builtinParts() })
  if (!done.ok) return { templates: [], problems: [...team.problems, ...done.problems] }
  const { faults } = done.value
  const templates = team.templates.map(one => ({ ...one, problems: (faults[one.name] ?? []).map(problemOf) }))
  return { templates, problems: team.problems }
}

/** What one of them writes over a context, or where and why it cannot. */
export async function runTeamTemplate(
  { sources }: Pick<TeamTemplates, 'sources'>,
  run: { readonly name: string; readonly context: TemplateValue },
  options: ApartOptions = {},
): Promise<Result<string>> {
  const done = await runApart({ own: sources, builtin: builtinParts(), run }, options)
  if (!done.ok) return done
  const [first, ...rest] = (done.value.faults[run.name] ?? []).map(problemOf)
  return first ? { ok: false, problems: [first, ...rest] } : ok(done.value.text ?? '')
}

/** One by its name, or which there are. */
export function teamTemplate({ templates, problems }: TeamTemplates, name: string): Result<OwnTemplate> {
  const found = templates.find(one => one.name === name)
  if (found) return ok(found)
  const own = problems.find(({ at }) => at === `templates/${name}.hbs`)
  if (own) return { ok: false, problems: [own] }
  const names = templates.map(one => one.name)
  return refuse({
    code: 'template.unknown',
    at: `templates/${name}.hbs`,
    message: `There is no template "${name.slice(0, 60)}" in the design folder.`,
    cure:
      names.length > 0
        ? `There are: ${names.join(', ')}.`
        : 'Write it, or leave the template out: the built-in one is always there.',
  })
}

/** The parts a template may name: our sections, each alone or all of them, but not the frame around them. */
export function builtinParts(): Readonly<Record<string, string>> {
  const parts = Object.entries(builtinSources).filter(([key]) => key.startsWith('partials/'))
  return Object.fromEntries(
    parts.map(([key, source]) => [key.slice('partials/'.length), source] as const).filter(([name]) => !FRAME.has(name)),
  )
}

function problemOf({ code, place, message, cure }: Fault): Problem {
  return { code, severity: 'error', at: `${place.file}:${place.line}:${place.column}`, message, cure }
}

type Words = { readonly code: string; readonly message: string; readonly cure: string }

const NO_FILE: Words = {
  code: 'template.file',
  message: 'This is no plain file, so it is not read.',
  cure: 'Put the template itself here, not a link or a folder.',
}

function nameFault(name: string): Words | undefined {
  if (!NAME.test(name))
    return {
      code: 'template.name',
      message: 'The name of a template has small letters, digits and hyphens, begins with a letter, and is no longer than 40.',
      cure: 'Rename the file.',
    }
  if (!Object.hasOwn(builtinSources, `partials/${name}`)) return undefined
  const cure = 'Give the file a name of its own; to use the part, write it into a template as {{> name}}.'
  return { code: 'template.taken', message: 'A built-in part has this name, so the file is not used.', cure }
}

function tooMany(count: number): Problem {
  return {
    code: 'template.many',
    severity: 'error',
    at: 'templates/',
    message: `There are ${count} templates; the first ${TEMPLATE_LIMITS.files} by name are read.`,
    cure: 'Keep those that are used.',
  }
}

function filesIn(folder: string, disk: Disk): ReturnType<Disk['list']> {
  try {
    return [...disk.list(folder)].sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return [] // no such folder: most designs have none
  }
}
