import path from 'node:path'
import type { BroughtIn, FreshPackage } from '../../core/dependencies/brought-in.ts'
import { FAULT_WORDS } from '../../core/dependencies/hygiene.ts'
import { unhidden } from '../../core/evidence/show.ts'
import { refuse } from '../../core/support/result.ts'
import { judgeBroughtIn } from '../../core/verdict/new-dependencies.ts'
import { readDependencies } from '../../host/node/dependencies/read-change.ts'
import { changesBetween } from '../../host/node/evidence/code-tree.ts'
import { loadEvidence } from '../../host/node/evidence/load.ts'
import { ownPaths } from '../../host/node/evidence/own-paths.ts'
import { standOf } from '../../host/node/stand.ts'
import { findDesign } from '../../host/node/store.ts'
import { answer, type Command, type ExitCode } from '../frame.ts'
import { count, table } from '../table.ts'

export const dependencies: Command = {
  takes: [],
  options: {
    base: { value: 'REF', help: 'Revision or folder the change starts from; default: the merge base with the default branch.' },
    head: { value: 'REF', help: 'Revision to look at; default: the working tree.' },
    allow: { value: 'NAME', many: true, help: 'A package, as a glob or a package URL, that needs no further look.' },
    deny: { value: 'NAME', many: true, help: 'A package, as a glob or a package URL, that may not come in.' },
  },
  async run({ options, world }) {
    const design = world.design ?? findDesign(world.cwd)
    const codeRoot = design === undefined ? world.cwd : path.dirname(design)
    const isOwn = ownPaths(codeRoot, design === undefined ? [] : [design])
    const [base, head] = [options.text('base'), options.text('head')]
    const found = await standOf({
      ...{ codeRoot, isOwn, globs: ['**'] },
      ...(base === undefined ? {} : { base }),
      ...(head === undefined ? {} : { head }),
    })
    if (!found.ok) return found
    const stand = found.value
    const changes = stand.before && (await changesBetween(stand.before, stand.tree)).filter(change => !isOwn(change.path))
    const { broughtIn } = await readDependencies(stand, { changes, isOwn })
    if (!broughtIn)
      return refuse({
        code: 'dependencies.base',
        at: codeRoot,
        message: 'There is nothing to compare with, so nobody can say what is new.',
        cure: 'Name a revision, or a folder that holds the code as it was, with --base.',
      })
    const [allow, deny] = [options.many('allow'), options.many('deny')]
    const evidence = await snapshotsBeside(codeRoot, design)
    const judgement = judgeBroughtIn({ allow, deny }, broughtIn, { evidence, at: world.at })
    const { verdict, reason, sentence } = judgement
    const exit: ExitCode = verdict === 'pass' ? 0 : verdict === 'fail' ? 1 : 2
    return answer({ verdict, reason, sentence, ...broughtIn }, textOf(broughtIn, `${verdict}: ${sentence}`), exit)
  },
}

/** What registries were asked before, kept with the evidence of the design. */
async function snapshotsBeside(codeRoot: string, design: string | undefined) {
  const loaded = await loadEvidence(path.join(design ?? path.join(codeRoot, 'threat-model'), '.skeptic', 'evidence'))
  return loaded.reports
    .filter(({ reading }) => reading.ok && (reading.value.facts.registry ?? reading.value.facts.vulnerabilities) !== undefined)
    .map(({ file, digest, slot, reading }) => ({
      ...{ file, digest, slot, reading },
      binding: { state: 'unbound', reported: 'nobody', sentence: 'It is about packages.' } as const,
    }))
}

function textOf(brought: BroughtIn, verdict: string): string {
  const { fresh, changed, faulty, phantoms, unplaced, unlocked, unpinned, unread, looked } = brought
  const parts = [
    part('New packages', ['PACKAGE', 'VERSION', 'HOW IT COMES', 'LOOKS LIKE', 'WHERE'], fresh.map(freshRow)),
    part(
      'Other versions',
      ['PACKAGE', 'BEFORE', 'NOW'],
      changed.map(({ ecosystem, name, from, to }) => [`${ecosystem} ${name}`, from.join(', '), to.join(', ')]),
    ),
    part(
      'To look at',
      ['PACKAGE', 'WHAT', 'WHERE'],
      faulty.map(one => [
        `${one.ecosystem} ${one.name}@${one.version}`,
        one.faults.map(fault => FAULT_WORDS[fault]).join(', '),
        `${one.lockfile} ${one.pointer}`,
      ]),
    ),
    part(
      'Imports of names that nothing explains',
      ['NAME', 'WHERE'],
      [...phantoms, ...unplaced].map(({ name, path: file, line }) => [name, `${file}:${line}`]),
    ),
    part(
      'Declared and not locked',
      ['PACKAGE', 'WHERE'],
      [...unlocked, ...unpinned].map(({ ecosystem, name, manifest }) => [`${ecosystem} ${name}`, manifest]),
    ),
    part(
      'Not read',
      ['FILE', 'WHY'],
      unread.map(one => [one.path, one.why]),
    ),
    `${verdict}\n${count(looked.lockfiles, 'lockfile')}, ${count(looked.manifests, 'manifest')}, imports of ${count(looked.sources, 'changed file')} read`,
  ]
  return parts
    .filter(text => text !== '')
    .join('\n\n')
    .split('\n')
    .map(unhidden)
    .join('\n')
}

function part(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const plain = rows.map(row => row.map(cell => cell.replace(/\s+/g, ' ')))
  return rows.length > 0 ? `${title}\n${table(head, plain)}` : ''
}

function freshRow({ ecosystem, name, versions, reach, looksLike, lockfile, pointer }: FreshPackage): readonly string[] {
  return [`${ecosystem} ${name}`, versions.join(', '), REACH[reach], looksLike?.name ?? '', `${lockfile} ${pointer}`]
}

const REACH: Readonly<Record<FreshPackage['reach'], string>> = {
  declared: 'declared',
  reachable: 'asked for by another',
  unreachable: 'nobody asks for it',
  unknown: 'unknown',
}
