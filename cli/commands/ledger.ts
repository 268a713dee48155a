import { refuse } from '../../core/support/result.ts'
import { readLedgerFolder } from '../../host/node/ledger.ts'
import { openWritable } from '../design-write.ts'
import { answer, type Command } from '../frame.ts'
import { count, table } from '../table.ts'

export const ledger: Command = {
  takes: ['[verify]'],
  options: {},
  async run({ args, world }) {
    if (args[0] !== undefined && args[0] !== 'verify')
      return refuse({
        code: 'ledger.word',
        message: `ledger does not know "${args[0]}".`,
        cure: 'skeptic ledger, or skeptic ledger verify',
      })
    const opened = await openWritable(world)
    if (!opened.ok) return opened
    const read = await readLedgerFolder(opened.value.folder)
    if (!read.ok) return read
    const { entries, heads, ok, problems } = read.value
    const rows = entries.map(({ hash, entry }) => [hash.slice(7, 19), entry.at, entry.type, entry.actor])
    const state = ok
      ? `Whole: ${count(entries.length, 'entry', 'entries')}, ${count(heads.length, 'head')}`
      : `BROKEN: ${count(problems.length, 'problem')}`
    const broken = problems.map(({ at, message, cure }) => `  ${at}: ${message} ${cure}`)
    const shown = args[0] === 'verify' ? [] : [table(['entry', 'when', 'what', 'who'], rows), '']
    return answer(
      { entries: entries.map(({ hash, entry }) => ({ hash, ...entry })), heads, ok, problems },
      [...shown, state, ...broken].join('\n'),
      ok ? 0 : 4,
    )
  },
}
