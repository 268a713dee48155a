import type { Result } from '../../core/support/result.ts'
import type { Journal } from './journal/journal.ts'

/**
 * A log that is begun as soon as the disk lets it: until then it remembers what is to be logged, and nothing is called durable. Asking
 * whether it is tries again.
 */
export function lateJournal(begin: () => Promise<Result<Journal>>): Journal {
  let journal: Journal | undefined
  let beginning: Promise<Result<Journal>> | undefined
  let waiting: ((journal: Journal) => void)[] = []

  function begun(): Promise<Result<Journal>> {
    if (journal) return Promise.resolve({ ok: true, value: journal })
    beginning ??= begin()
      .then(answer => {
        if (!answer.ok) return answer
        journal = answer.value
        for (const put of waiting) put(journal)
        waiting = []
        return answer
      })
      .finally(() => {
        beginning = undefined
      })
    return beginning
  }

  function put(how: (journal: Journal) => void): void {
    if (journal) how(journal)
    else waiting.push(how)
  }

  return {
    append: update => put(log => log.append(update)),
    mark: what => put(log => log.mark(what)),
    durable: async () => {
      const log = await begun()
      return log.ok ? log.value.durable() : log
    },
    size: () => journal?.size() ?? 0,
    compact: async state => {
      const log = await begun()
      return log.ok ? log.value.compact(state) : log
    },
    close: async () => {
      await beginning?.catch(() => {})
      await journal?.close()
    },
  }
}
