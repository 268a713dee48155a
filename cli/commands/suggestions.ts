import { acceptSuggestion, declineSuggestion, openSuggestions, withdrawSuggestion } from '../../core/comments/suggestion-edits.ts'
import { applyChanges, type Change } from '../../core/model/change.ts'
import { keyOfChange, keyOfConflict, mergeSuggestion, type SuggestionConflict } from '../../core/model/suggest.ts'
import { rowAt, rowsOf } from '../../core/model/table.ts'
import type { Design, Stamp, Suggestion } from '../../core/model/types.ts'
import { differenceOf } from '../../core/reports/difference.ts'
import { differenceText } from '../../core/reports/difference-text.ts'
import { madeVisible } from '../../core/support/hidden.ts'
import { type Result, refuse } from '../../core/support/result.ts'
import { writeChanges } from '../../host/node/store.ts'
import { openDesign } from '../design.ts'
import { openForEditing } from '../design-write.ts'
import { answer, type Command, type Options, type Outcome, type World } from '../frame.ts'
import { allPacks } from '../packs.ts'

export const suggestions: Command = {
  takes: ['[S]'],
  options: {
    all: { help: 'Also those that were taken over or declined.' },
    accept: { help: 'Take it over.' },
    only: { value: 'TABLE/ID', help: 'Of it only this row, as elements/E-…; once for each.', many: true },
    theirs: { value: 'PLACE', help: 'At this conflict the suggestion stands; once for each.', many: true },
    ours: { value: 'PLACE', help: 'At this conflict the design stays as it is; once for each.', many: true },
    decline: { value: 'REASON', help: 'Decline it, and why.' },
    withdraw: { help: 'Take a suggestion of your own back.' },
  },
  async run({ args, options, world }) {
    const [id] = args
    const deeds = ['accept', 'decline', 'withdraw'].filter(name =>
      name === 'decline' ? options.text(name) !== undefined : options.on(name),
    )
    if (deeds.length > 1) return usage('Give one of --accept, --decline and --withdraw.')
    if (deeds.length === 1) return id === undefined ? usage(`--${deeds[0]} needs a suggestion.`) : decide(id, options, world)
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const { design } = opened.value
    if (id === undefined) return list(options.on('all') ? rowsOf(design.suggestions) : openSuggestions(design))
    const suggestion = rowAt(design.suggestions, id)
    if (!suggestion) return missing(id)
    const merged = mergeSuggestion(design, suggestion)
    const difference = differenceOf(design, applyChanges(design, merged.changes), await allPacks(opened.value), world.at)
    const text = [
      lineOf(suggestion),
      ...(suggestion.description === undefined ? [] : [suggestion.description]),
      `Rows: ${suggestion.changes.map(keyOfChange).join(', ')}`,
      ...merged.conflicts.map(conflictLine),
      ...merged.scars.map(({ at, message }) => `Broken: ${at}: ${message}`),
      '',
      differenceText(difference),
    ]
    return answer({ suggestion, ...merged, difference }, madeVisible(text.join('\n')))
  },
}

async function decide(id: string, options: Options, world: World): Promise<Result<Outcome>> {
  const opened = await openForEditing(world)
  if (!opened.ok) return opened
  const { design, folder } = opened.value
  const edit = editOf(design, { id, options, stamp: { at: world.at, by: world.by, random: world.random } })
  if (!edit.ok) return edit
  const after = applyChanges(design, edit.value)
  const written = await writeChanges(folder, design, after)
  if (!written.ok) return written
  const changed = edit.value.map(change => (change.kind === 'put' ? change.row.id : change.id))
  const status = rowAt(after.suggestions, id)?.status ?? 'withdrawn'
  return answer({ changed, status }, `${id}: ${status}.`)
}

function editOf(
  design: Design,
  { id, options, stamp }: { readonly id: string; readonly options: Options; readonly stamp: Stamp },
): Result<readonly Change[]> {
  const reason = options.text('decline')
  if (reason !== undefined) return declineSuggestion(design, { id, reason }, stamp)
  if (options.on('withdraw')) return withdrawSuggestion(design, { id }, stamp)
  const only = options.many('only')
  const known = new Set(rowAt(design.suggestions, id)?.changes.map(keyOfChange))
  const stray = only.find(key => known.size > 0 && !known.has(key))
  if (stray !== undefined) return usage(`${id} has no row ${stray}.`)
  return acceptSuggestion(
    design,
    {
      ...{ id, force: new Set(options.many('theirs')), keep: new Set(options.many('ours')) },
      ...(only.length > 0 ? { rows: new Set(only) } : {}),
    },
    stamp,
  )
}

function list(shown: readonly Suggestion[]): Result<Outcome> {
  return answer({ suggestions: shown }, shown.length === 0 ? 'No suggestion is open.' : madeVisible(shown.map(lineOf).join('\n')))
}

function lineOf({ id, title, by, at, status, reason, changes }: Suggestion): string {
  const rows = changes.length === 1 ? '1 row' : `${changes.length} rows`
  return `${id} ${status}: ${title} (${by}, ${at}, ${rows})${reason === undefined ? '' : `: ${reason}`}`
}

function conflictLine(conflict: SuggestionConflict): string {
  const { kind, after, now } = conflict
  const place = keyOfConflict(conflict)
  if (kind === 'unfit') return `Conflict at ${place}: what would come of it fits no schema.`
  if (conflict.field === null) return `Conflict at ${place}: ${WORDS[kind]}`
  return `Conflict at ${place}: suggested ${JSON.stringify(after) ?? 'none'}, now ${JSON.stringify(now) ?? 'none'}.`
}

const WORDS = {
  changed: 'both changed it.',
  removed: 'the row is gone.',
  kept: 'it would go, and was changed since.',
  taken: 'another row has this id.',
} as const

function usage(message: string): Result<never> {
  return refuse({ code: 'usage.suggestions', message, cure: 'skeptic suggestions S --accept, or: skeptic suggestions --help' })
}

function missing(id: string): Result<never> {
  return refuse({
    code: 'suggestion.missing',
    at: id,
    message: `There is no suggestion ${id}.`,
    cure: 'skeptic suggestions --all lists them.',
  })
}
