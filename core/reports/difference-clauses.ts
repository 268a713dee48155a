import { wordsOf } from '../mitigations/categories.ts'
import { canonicalJson } from '../model/canonical.ts'
import type { AttributeName, Design, TableName } from '../model/types.ts'
import { byText } from '../support/order.ts'
import { ATTRIBUTES, called, fieldWords, listed, nameWords, quoted, ternaryClause, valueWords } from './difference-words.ts'

/** One changed field, or one key of a changed map, with the designs its ids are looked up in. */
export type FieldChange = {
  readonly table: TableName
  readonly field: string
  /** The key of a map, as an id; none for a field of one value. */
  readonly key: string | undefined
  readonly was: unknown
  readonly is: unknown
  readonly before: Design
  readonly after: Design
}

/** A verb and its objects; `{it}` stands for the row. */
type Clause = (change: FieldChange) => string

/** What happened to one field, as one clause beginning with a verb. */
export function clauseOf(change: FieldChange): string {
  const own = CLAUSES[change.table]?.[change.field] ?? COMMON[change.field]
  return (own ?? (change.key === undefined ? plainClause : keyClause))(change)
}

const plainClause: Clause = ({ field, was, is }) => {
  const what = fieldWords(field)
  if (is === undefined) return `takes away the ${what} of {it}`
  if (was === undefined) return `states the ${what} of {it}: ${valueWords(is)}`
  return `changes the ${what} of {it} from ${valueWords(was)} to ${valueWords(is)}`
}

const keyClause: Clause = ({ field, key = '', was, is, before, after }) => {
  const name = called(is === undefined ? before : after, key)
  const what = fieldWords(field)
  if (is === undefined) return `takes ${name} out of the ${what} of {it}`
  if (was === undefined) return `adds ${name} to the ${what} of {it}${is === true ? '' : ` (${valueWords(is)})`}`
  return `changes ${name} in the ${what} of {it} from ${valueWords(was)} to ${valueWords(is)}`
}

/** For a map of links: what is said when a key comes, and when it goes. */
function link(came: (name: string) => string, went: (name: string) => string): Clause {
  return ({ key = '', is, before, after }) => (is === undefined ? went(called(before, key)) : came(called(after, key)))
}

function ternary(words: readonly [string, string]): Clause {
  return ({ is }) => ternaryClause(is, words)
}

/** A long text: that it changed is said, not how. */
function text(what: string): Clause {
  return ({ was, is }) => `${is === undefined ? 'takes away' : was === undefined ? 'writes' : 'rewords'} the ${what} of {it}`
}

const moved: Clause = ({ was, is, before, after }) => {
  const [from, to] = [typeof was === 'string' ? called(before, was) : '', typeof is === 'string' ? called(after, is) : '']
  if (to === '') return `moves {it} out of ${from}`
  return from === '' ? `moves {it} into ${to}` : `moves {it} from ${from} into ${to}`
}

function end(verb: 'start' | 'end'): Clause {
  return ({ was, is, before, after }) => {
    const instead = typeof was === 'string' ? ` instead of ${called(before, was)}` : ''
    return typeof is === 'string'
      ? `lets {it} ${verb} at ${called(after, is)}${instead}`
      : `lets the ${verb} of {it} hang loose${instead}`
  }
}

const reworded: Clause = ({ was, is }) =>
  is === undefined
    ? 'takes away the words of {it}'
    : was === undefined
      ? `words {it}: ${quoted(String(is))}`
      : `rewords {it} to ${quoted(String(is))}`

const renamed: Clause = ({ is }) =>
  is === undefined ? 'takes away the name of {it}' : `renames {it} to ${nameWords(String(is))}`

const confirmed: Clause = ({ was, is }) => {
  const [old, now] = [was, is] as readonly ({ readonly confirmedBy?: unknown } | undefined)[]
  return now?.confirmedBy !== undefined && old?.confirmedBy === undefined ? 'confirms {it}' : 'gives {it} another origin'
}

function rated(what: string): Clause {
  return ({ was, is }) =>
    is === undefined
      ? `takes away the ${what} of {it}`
      : `rates the ${what} of {it} ${valueWords(is)}${was === undefined ? '' : ` instead of ${valueWords(was)}`}`
}

const category: Clause = ({ key = '', is }) =>
  `${is === undefined ? 'no longer counts' : 'counts'} {it} as ${wordsOf(key).toLowerCase()}`

/** Keys of two objects whose values are others; what an import kept is told by its keys, not by its content. */
function differingKeys(was: unknown, is: unknown): readonly string[] {
  const [from, to] = [was, is].map(
    value => new Map(Object.entries((value ?? {}) as object).map(([key, one]) => [key, canonicalJson(one)])),
  )
  const keys = new Set([...(from?.keys() ?? []), ...(to?.keys() ?? [])])
  return [...keys].filter(key => from?.get(key) !== to?.get(key)).sort(byText)
}

/** Fields that mean the same in every table. */
const COMMON: Readonly<Record<string, Clause>> = {
  name: renamed,
  statement: reworded,
  description: text('description'),
  foreign: ({ was, is }) => {
    const keys = differingKeys(was, is)
    const which = keys.length === 0 || keys.length > 3 ? '' : ` (${listed(keys.map(nameWords))})`
    return `${is === undefined ? 'drops' : 'changes'} what an import kept of {it}${which}`
  },
  provenance: confirmed,
  outOfScope: ({ was, is }) =>
    is === undefined
      ? 'takes {it} back into scope'
      : `${was === undefined ? 'takes {it} out of scope' : 'says anew why {it} is out of scope'}: ${quoted(String(is))}`,
  elements: link(
    name => `links {it} to ${name}`,
    name => `no longer links {it} to ${name}`,
  ),
  flows: link(
    name => `links {it} to ${name}`,
    name => `no longer links {it} to ${name}`,
  ),
  findings: link(
    name => `lets {it} answer ${name}`,
    name => `no longer lets {it} answer ${name}`,
  ),
  likelihood: rated('likelihood'),
  impactScale: rated('impact'),
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  process: 'a process',
  dataStore: 'a data store',
  externalEntity: 'an external entity',
}

const STATUS: Readonly<Record<string, string>> = {
  approved: 'approves {it}',
  retired: 'retires {it}',
  draft: 'takes {it} back to draft',
}

const DECISIONS: Readonly<Record<string, string>> = {
  real: 'judges {it} real',
  notApplicable: 'judges {it} not applicable',
  duplicate: 'judges {it} a duplicate',
}

const inSlice = link(
  name => `takes ${name} into the slice of {it}`,
  name => `takes ${name} out of the slice of {it}`,
)

const CLAUSES: { readonly [T in TableName]?: Readonly<Record<string, Clause>> } = {
  elements: {
    kind: ({ is }) => `makes {it} ${KIND_WORDS[String(is)] ?? nameWords(String(is))}`,
    technology: ({ is, was }) =>
      is === undefined
        ? 'no longer says what {it} is made with'
        : `says that {it} is made with ${nameWords(String(is))}${was === undefined ? '' : ` instead of ${nameWords(String(was))}`}`,
    boundary: moved,
    attributes: change =>
      Object.hasOwn(ATTRIBUTES, change.key ?? '')
        ? ternaryClause(change.is, ATTRIBUTES[change.key as AttributeName])
        : keyClause(change),
    data: link(
      name => `stores ${name} in {it}`,
      name => `no longer stores ${name} in {it}`,
    ),
    paths: link(
      name => `places code of {it} at ${name}`,
      name => `no longer places code of {it} at ${name}`,
    ),
    tags: link(
      name => `tags {it} with ${name}`,
      name => `takes the tag ${name} off {it}`,
    ),
    codeClasses: link(
      name => `says that {it} holds ${name} code`,
      name => `no longer says that {it} holds ${name} code`,
    ),
  },
  flows: {
    source: end('start'),
    target: end('end'),
    authentication: ternary(['is authenticated', 'is not authenticated']),
    encryption: ternary(['is encrypted', 'is not encrypted']),
    publicNetwork: ternary(['passes a public network', 'passes no public network']),
    data: link(
      name => `sends ${name} over {it}`,
      name => `no longer sends ${name} over {it}`,
    ),
    bidirectional: ({ is }) => (is === true ? 'lets {it} run both ways' : 'lets {it} run one way'),
  },
  boundaries: {
    kind: ({ is }) =>
      is === 'unknown'
        ? 'leaves open what kind of boundary {it} is'
        : `makes {it} a boundary of the kind ${nameWords(String(is))}`,
    parent: moved,
    membership: ({ is }) => (is === 'unresolved' ? 'leaves open what lies inside {it}' : 'settles what lies inside {it}'),
  },
  data: {
    class: ({ was, is }) =>
      is === undefined
        ? `takes away the class ${valueWords(was)} of {it}`
        : `classifies {it} ${valueWords(is)}${was === undefined ? '' : ` instead of ${valueWords(was)}`}`,
    personal: ternary(['is personal data', 'is not personal data']),
  },
  requirements: {
    status: change => STATUS[String(change.is)] ?? plainClause(change),
    data: link(
      name => `links {it} to ${name}`,
      name => `no longer links {it} to ${name}`,
    ),
    parent: ({ is, after }) =>
      typeof is === 'string' ? `makes {it} a part of ${called(after, is)}` : 'lets {it} stand on its own',
  },
  triage: {
    decision: change => DECISIONS[String(change.is)] ?? plainClause(change),
    likelihood: rated('likelihood'),
    impact: rated('impact'),
  },
  threats: {
    categories: category,
    privacy: category,
    data: link(
      name => `lets {it} affect ${name}`,
      name => `no longer lets {it} affect ${name}`,
    ),
    cwe: link(
      name => `rests {it} on ${name}`,
      name => `no longer rests {it} on ${name}`,
    ),
  },
  mitigations: {
    status: ({ is }) => `marks {it} as ${nameWords(String(is))}`,
    threats: link(
      name => `sets {it} against ${name}`,
      name => `no longer sets {it} against ${name}`,
    ),
    control: ({ is }) => (is === undefined ? 'rests {it} on no control' : `rests {it} on the control ${nameWords(String(is))}`),
    checks: ({ key = '', was, is }) =>
      is === undefined ? `drops the check ${key} of {it}` : `${was === undefined ? 'adds' : 'rewords'} the check ${key} of {it}`,
  },
  acceptances: {
    threat: ({ is, after }) => `turns {it} to ${called(after, String(is))}`,
    expires: ({ is }) => (is === undefined ? 'lets {it} never end' : `lets {it} end on ${nameWords(String(is))}`),
  },
  exclusions: {
    reason: ({ is }) => `says anew why {it} is not applicable: ${quoted(String(is))}`,
    expires: ({ is }) =>
      is === undefined
        ? 'lets it stand without end that {it} is not applicable'
        : `lets {it} be not applicable until ${nameWords(String(is))}`,
    provenance: change =>
      confirmed(change).startsWith('confirms')
        ? 'confirms that {it} is not applicable'
        : 'decides anew that {it} is not applicable',
  },
  workItems: {
    elements: inSlice,
    flows: inSlice,
    requirements: inSlice,
    goal: ({ is }) => `sets the goal of {it}: ${quoted(String(is))}`,
    reference: text('reference'),
    mayEdit: link(
      name => `lets {it} edit ${name}`,
      name => `no longer lets {it} edit ${name}`,
    ),
    mayRead: link(
      name => `lets {it} read ${name}`,
      name => `no longer lets {it} read ${name}`,
    ),
    mustNotTouch: link(
      name => `keeps {it} away from ${name}`,
      name => `no longer keeps {it} away from ${name}`,
    ),
    packages: link(
      name => `allows {it} ${name}`,
      name => `no longer allows {it} ${name}`,
    ),
    promptEdits: ({ key = '', is }) =>
      is === undefined ? `drops the prompt of {it} edited by hand for ${key}` : `edits the prompt of {it} for ${key} by hand`,
  },
  settings: {
    purpose: text('purpose'),
    designId: () => 'gives {it} another id',
    glossary: ({ key = '', was, is }) =>
      is === undefined
        ? `drops the term ${nameWords(key)} of {it}`
        : `${was === undefined ? 'explains' : 'explains anew'} the term ${nameWords(key)} of {it}`,
  },
  policy: {
    default: ({ is }) => `puts what no rule names into the zone ${valueWords(is)}`,
    rules: ({ key = '', was, is }) => {
      const level = nameWords(String((is as { readonly level?: unknown } | undefined)?.level ?? ''))
      return is === undefined
        ? `drops the rule ${key} of {it}`
        : `${was === undefined ? 'adds' : 'changes'} the rule ${key} of {it} (${level})`
    },
    waivers: ({ key = '', was, is }) =>
      is === undefined
        ? `drops the waiver ${nameWords(key)}`
        : `${was === undefined ? 'adds' : 'changes'} the waiver ${nameWords(key)}`,
    gate: ({ key = '', is }) =>
      is === undefined
        ? `puts the gate rule ${nameWords(key)} back to its default`
        : `sets the gate rule ${nameWords(key)} to ${valueWords(is)}`,
  },
}
