import { appendFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { byText } from '../core/support/order.ts'
import { makeFolders } from '../host/node/make-folders.ts'

/** What happened at the hub, for whoever must be able to say so later. Never a token, never content of a design. */
export type AuditRow = {
  readonly kind: string
  readonly design?: string | undefined
  readonly person?: string | undefined
  readonly address?: string | undefined
  /** Further facts, short. */
  readonly note?: string | undefined
}

export type Audit = {
  readonly add: (row: AuditRow) => void
  /** How often each kind was noted since the start. */
  readonly counts: () => ReadonlyMap<string, number>
  readonly close: () => void
}

const MOST_BYTES = 16 * 1024 * 1024
const MOST_FILES = 20
/** Same rows within this many milliseconds become one that says how often it came again: a flood must not fill the disk. */
const TOGETHER = 1000

/** JSON lines in `dir/audit.jsonl`; a full file is put aside under the time it ended, and the oldest of many go. */
export function openAudit(dir: string, now: () => string): Audit {
  const file = path.join(dir, 'audit.jsonl')
  const counts = new Map<string, number>()
  const repeats = new Map<string, { row: AuditRow; again: number }>()
  let timer: ReturnType<typeof setTimeout> | undefined
  makeFolders(dir, 0o700)
  let size = statSync(file, { throwIfNoEntry: false })?.size ?? 0

  function write(row: AuditRow, again = 0): void {
    const line = `${JSON.stringify({ at: now(), ...row, ...(again > 0 ? { again } : {}) })}\n`
    try {
      if (size > 0 && size + line.length > MOST_BYTES) rotate()
      appendFileSync(file, line, { mode: 0o600 })
      size += Buffer.byteLength(line)
    } catch {
      // A full disk must not end the hub for all; the figures say that rows are missing.
      counts.set('audit.failed', (counts.get('audit.failed') ?? 0) + 1)
    }
  }

  function rotate(): void {
    renameSync(file, path.join(dir, `audit-${now().replace(/[^0-9]/g, '')}.jsonl`))
    size = 0
    const old = readdirSync(dir).filter(name => /^audit-\d+\.jsonl$/.test(name))
    for (const name of old.sort(byText).slice(0, Math.max(0, old.length - MOST_FILES))) rmSync(path.join(dir, name))
  }

  function flush(): void {
    timer = undefined
    for (const { row, again } of repeats.values()) if (again > 0) write(row, again)
    repeats.clear()
  }

  return {
    add: row => {
      counts.set(row.kind, (counts.get(row.kind) ?? 0) + 1)
      const key = JSON.stringify(row)
      const repeated = repeats.get(key)
      if (repeated) {
        repeated.again++
        return
      }
      write(row)
      repeats.set(key, { row, again: 0 })
      timer ??= setTimeout(flush, TOGETHER).unref()
    },
    counts: () => counts,
    close: () => {
      clearTimeout(timer)
      flush()
    },
  }
}
