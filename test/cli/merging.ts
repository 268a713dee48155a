import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { applyChanges, type Change } from '../../core/model/change.ts'
import { rowIds } from '../../core/model/table.ts'
import type { AnyRow, Design, Table, TableName } from '../../core/model/types.ts'
import { openFolder, writeChanges } from '../../host/node/store.ts'
import { program, root } from '../support/served-workbench.ts'

const WHO = ['user.name=architect', 'user.email=architect@example.com', 'commit.gpgsign=false', 'core.autocrlf=false']

export const DRIVER = `"${process.execPath}" "${program}" merge %O %A %B --path %P`

/** How git ended, with what it said. */
export type Git = { readonly code: number | null; readonly out: string; readonly err: string }

/** A repository with one commit that is gone when the test is. */
export class Repository {
  readonly dir = mkdtempSync(path.join(tmpdir(), 'skeptic-merge-'))
  readonly design = path.join(this.dir, 'threat-model')

  constructor({ driver }: { readonly driver: boolean }) {
    onTestFinished(() => rmSync(this.dir, { recursive: true, force: true }))
    this.git('init', '-q', '-b', 'main')
    for (const pair of WHO) this.git('config', ...(pair.split('=') as [string, string]))
    if (driver) this.git('config', 'merge.skeptic.driver', DRIVER)
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
  }

  /** The same where git may say no. */
  tried(...args: string[]): Git {
    const ran = spawnSync('git', args, { cwd: this.dir, encoding: 'utf8' })
    return { code: ran.status, out: ran.stdout, err: ran.stderr }
  }

  /** The sample of a bank, with the attributes a new design gets. */
  withBank(attributes: string): this {
    cpSync(path.join(root, 'packs/samples/bank-transfer/threat-model'), this.design, { recursive: true })
    rmSync(path.join(this.design, '.skeptic'), { recursive: true, force: true })
    if (attributes !== '') writeFileSync(path.join(this.design, '.gitattributes'), attributes)
    this.commit('Base')
    return this
  }

  commit(message: string): void {
    this.git('add', '-A')
    this.git('commit', '-q', '--allow-empty', '-m', message)
  }

  /** A branch off main on which this was done. */
  async branch(name: string, work: () => unknown): Promise<void> {
    this.git('checkout', '-q', '-b', name, 'main')
    await work()
    this.commit(name)
  }

  merge(into: string, from: string): Git {
    this.git('checkout', '-q', into)
    return this.tried('merge', '--no-edit', from)
  }

  unmerged(): readonly string[] {
    return this.git('diff', '--name-only', '--diff-filter=U').split('\n').filter(Boolean)
  }

  read(file: string): string {
    return readFileSync(path.join(this.dir, file), 'utf8')
  }

  write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.dir, file)), { recursive: true })
    writeFileSync(path.join(this.dir, file), text)
  }

  async opened(): Promise<Design> {
    const opened = await openFolder(this.design)
    if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
    return opened.value.design
  }

  /** Does this to the design of the working tree. */
  async change(changes: readonly Change[]): Promise<Design> {
    const before = await this.opened()
    const after = applyChanges(before, changes)
    const written = await writeChanges(this.design, before, after)
    if (!written.ok) throw new Error(JSON.stringify(written.problems))
    return after
  }
}

export function patch(table: TableName, id: string, fields: Readonly<Record<string, unknown>>): Change {
  return { kind: 'patch', table, id, fields }
}

/** The text of a file with conflicts as it would be with one side taken everywhere. */
export function taking(side: 'ours' | 'theirs', text: string): string {
  let inside: 'none' | 'ours' | 'theirs' = 'none'
  const lines = text.split('\n').filter(line => {
    if (line.startsWith('<<<<<<< ')) inside = 'ours'
    else if (line === '=======') inside = 'theirs'
    else if (line.startsWith('>>>>>>> ')) inside = 'none'
    else return inside === 'none' || inside === side
    return false
  })
  return lines.join('\n')
}

/** Tables whose rows the random edits below touch. */
export const EDITED = ['elements', 'flows', 'data', 'boundaries', 'requirements', 'threats'] as const

export function idsIn(design: Design): readonly (readonly [TableName, string])[] {
  return EDITED.flatMap(table => rowIds(design[table] as Table<AnyRow>).map(id => [table, id] as const))
}
