import type { Sidecar } from '../model/types.ts'
import { shown } from './show.ts'
import type { Binding, Evidence } from './types.ts'

/** The change that is judged, as far as it can be named. */
export type Judged = {
  /** Absent outside git, and while uncommitted changes stand. */
  readonly commit?: string
  readonly tree?: string
  /** Other commits with the same code: nothing but the design's own files lies between. */
  readonly sameAs?: ReadonlySet<string>
  /** Files with uncommitted changes. */
  readonly uncommitted: readonly string[]
}

export type BindingInput = {
  readonly digest: string
  readonly evidence: Evidence | undefined
  readonly sidecar: Sidecar | undefined
  /** Whether an enrolled key signed the sidecar. */
  readonly signed: boolean
  /** The sidecar bears the name of an enrolled key and no signature of it: it was changed since, or never signed by its owner. */
  readonly forged?: boolean
  /** The digest that the sidecar's paths have now; undefined when it could not be made. */
  readonly subjectNow: string | undefined
  /** A file of the change that the sidecar's paths leave out. */
  readonly uncovered: string | undefined
  readonly judged: Judged
}

/** Most reports name no commit: what binds them is the sidecar, or they stay unbound and prove nothing. */
export function bindingOf(input: BindingInput): Binding {
  const { sidecar } = input
  if (!sidecar) return bindingByReport(input)
  const reported = sidecar.reported === 'signed' && input.signed ? 'signed' : 'self'
  if (sidecar.sha256 !== input.digest)
    return { state: 'broken', reported, sentence: 'The report was changed after its sidecar was written.' }
  if (input.forged) return { state: 'broken', reported, sentence: 'The signature of its sidecar does not hold.' }
  return { reported, ...(sidecar.subject === undefined ? byRevision(sidecar, input.judged) : bySubject(sidecar, input)) }
}

type Bound = Omit<Binding, 'reported'>

function bySubject(sidecar: Sidecar, { subjectNow, uncovered }: BindingInput): Bound {
  if (subjectNow === undefined) return { state: 'unbound', sentence: 'The files it was made on could not be compared.' }
  if (subjectNow !== sidecar.subject) return { state: 'stale', sentence: 'It was made on other content of the files it covers.' }
  if (uncovered !== undefined)
    return { state: 'unbound', sentence: `It does not cover ${shown(uncovered)}, which the change touches.` }
  return { state: 'bound', sentence: 'It was made on exactly these files.' }
}

function byRevision(sidecar: Sidecar, judged: Judged): Bound {
  const { commit, tree } = sidecar
  if (commit === undefined && tree === undefined)
    return { state: 'unbound', sentence: 'Its sidecar names neither a commit nor files.' }
  const made = `It was made on ${commit === undefined ? `tree ${tree?.slice(0, 9)}` : `commit ${commit.slice(0, 9)}`}`
  if (sidecar.dirty === true) return { state: 'unbound', sentence: `${made} with uncommitted changes that nobody recorded.` }
  if (judged.uncommitted.length > 0) return { state: 'stale', sentence: `${made}; ${uncommitted(judged)}.` }
  if (judged.commit === undefined) return { state: 'unbound', sentence: `${made}, and the judged code is in no repository.` }
  if (commit === judged.commit || (tree !== undefined && tree === judged.tree))
    return { state: 'bound', sentence: `${made}, which is what is judged.` }
  if (commit !== undefined && judged.sameAs?.has(commit))
    return { state: 'bound', sentence: `${made}, whose code is that of what is judged.` }
  return { state: 'stale', sentence: `${made}; what is judged is ${judged.commit.slice(0, 9)}.` }
}

/** Without a sidecar only the commits that a report names, in every run of a scanner, can bind it, on its own word. */
function bindingByReport({ evidence, judged }: BindingInput): Binding {
  const runs = evidence?.facts.scan?.runs ?? []
  const named = evidence?.made.commits ?? []
  const nobody = { state: 'unbound', reported: 'nobody' } as const
  if (named.length === 0) return { ...nobody, sentence: 'It names no commit and has no sidecar.' }
  if (judged.uncommitted.length > 0)
    return { state: 'stale', reported: 'self', sentence: `It names commit ${shown(named[0] ?? '', 9)}; ${uncommitted(judged)}.` }
  const other = named.find(revision => revision !== judged.commit && judged.sameAs?.has(revision) !== true)
  if (judged.commit === undefined) return { ...nobody, sentence: 'It names a commit, and the judged code is in no repository.' }
  if (other !== undefined)
    return {
      state: 'stale',
      reported: 'self',
      sentence: `It names commit ${shown(other, 9)}; what is judged is ${judged.commit.slice(0, 9)}.`,
    }
  if (runs.some(run => run.revisions.length === 0)) return { ...nobody, sentence: 'One of its runs names no commit.' }
  return { state: 'bound', reported: 'self', sentence: 'It names the commit that is judged.' }
}

function uncommitted({ uncommitted: files }: Judged): string {
  const more = files.length > 1 ? ` and ${files.length - 1} more` : ''
  return `${shown(files[0] ?? '')}${more} changed since and ${files.length > 1 ? 'are' : 'is'} not committed`
}
