import path from 'node:path'
import type { LedgerState } from '../../core/model/ledger.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { readLedgerFolder } from '../../host/node/ledger.ts'
import { cutOff, publishedBy, publishedIn, publishLedger } from '../../host/node/published.ts'
import { openWritable } from '../design-write.ts'
import { answer, type Command } from '../frame.ts'
import { count, table } from '../table.ts'

export const ledger: Command = {
  takes: ['[verify|publish]'],
  options: {
    published: { value: 'FILE|REF', help: 'verify: also hold it against this; default: the notes on the commits so far.' },
  },
  async run({ args, options, world }) {
    const [word] = args
    if (word !== undefined && word !== 'verify' && word !== 'publish')
      return refuse({
        code: 'ledger.word',
        message: `ledger does not know "${word}".`,
        cure: 'skeptic ledger, skeptic ledger verify, or skeptic ledger publish',
      })
    const opened = await openWritable(world)
    if (!opened.ok) return opened
    const { design, folder } = opened.value
    const codeRoot = path.dirname(folder)
    const designId = design.settings.design?.designId ?? ''
    const whole = await held({ folder, codeRoot, designId, published: options.text('published'), cwd: world.cwd })
    if (!whole.ok) return whole
    const state = whole.value
    if (word === 'publish' && state.ok) {
      const done = await publishLedger(codeRoot, { designId, ledger: state })
      if (!done.ok) return done
      const { at, seen, ref } = done.value
      const said = `${count(seen.entries, 'entry', 'entries')} and ${count(seen.heads.length, 'head')} noted on commit ${at.slice(0, 7)}.\nOthers see it once it is pushed: git push origin ${ref}`
      return answer({ commit: at, ref, ...seen }, said)
    }
    const rows = state.entries.map(({ hash, entry }) => [
      hash.slice(7, 19),
      entry.at,
      entry.type,
      entry.actor,
      entry.signature ? 'signed' : '',
    ])
    const broken = state.problems.map(({ at, message, cure }) => `  ${at}: ${message} ${cure}`)
    const shown = word === undefined ? [table(['entry', 'when', 'what', 'who', ''], rows), ''] : []
    return answer(jsonOf(state), [...shown, stateWords(state), ...broken].join('\n'), state.ok ? 0 : 4)
  },
}

type Where = {
  readonly folder: string
  readonly codeRoot: string
  readonly designId: string
  readonly published: string | undefined
  readonly cwd: string
}

/** The ledger, and what was published of it that is gone. */
async function held({ folder, codeRoot, designId, published, cwd }: Where): Promise<Result<LedgerState>> {
  const read = await readLedgerFolder(folder)
  if (!read.ok) return read
  const seen =
    published === undefined
      ? await publishedIn(codeRoot, designId)
      : await publishedBy(codeRoot, designId, placeOf(published, cwd))
  if (!seen.ok) return seen
  const problems = [...read.value.problems, ...cutOff(read.value, seen.value)]
  return ok({ ...read.value, ok: problems.length === 0, problems })
}

/** A path from where the person is, as far as it can be one; names of revisions stay. */
function placeOf(named: string, cwd: string): string {
  return /\.json$/.test(named) ? path.resolve(cwd, named) : named
}

function stateWords({ ok: isWhole, entries, heads, problems }: LedgerState): string {
  const signed = entries.filter(({ entry }) => entry.signature !== undefined).length
  return isWhole
    ? `Whole: ${count(entries.length, 'entry', 'entries')}, ${signed} of them signed, ${count(heads.length, 'head')}`
    : `BROKEN: ${count(problems.length, 'problem')}`
}

function jsonOf({ entries, heads, ok: isWhole, problems }: LedgerState) {
  return { entries: entries.map(({ hash, entry }) => ({ hash, ...entry })), heads, ok: isWhole, problems }
}
