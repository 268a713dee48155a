import { ok, type Problem, type Result } from '../core/support/result.ts'
import type { HubRole } from '../schemas/generated/types.ts'
import { clientCount, foresee, type HubDoc, hasWritten, puttingBack, replay, rowCount, wholeState } from '../ydoc/hub-guard.ts'
import type { Identity } from './access.ts'
import type { Limits } from './limits.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { HUB, type StoredDocument, type Writers } from './storage.ts'
import { tripwire } from './tripwire.ts'

/** Tables that a role may write; an owner and an editor may write all, a viewer none. */
const TABLES_OF: Readonly<Record<HubRole, readonly string[] | undefined>> = {
  owner: undefined,
  editor: undefined,
  commenter: ['comments', 'suggestions'],
  approver: ['comments', 'suggestions', 'acceptances'],
  viewer: [],
}

/** Who takes suggestions over or declines them; anybody else changes only those they made. */
const DECIDES: ReadonlySet<HubRole> = new Set(['owner', 'editor'])

export function mayWrite(role: HubRole): boolean {
  return TABLES_OF[role]?.length !== 0
}

/** Who sends an edit. */
export type Hand = { readonly identity: Identity; readonly role: HubRole; readonly session: EditingSession }
/** Client numbers this connection brought in on any document. */
export type EditingSession = { readonly id: string; clients: number }

/** One open document of the hub: what is logged of it, and what may come in. */
export type Room = {
  /** Answers once an edit may be taken in, logged and durable; refuses it with a code, and whether it was a row's loss that tripped. */
  readonly admit: (hand: Hand, update: Uint8Array) => Promise<Result<Admitted>>
  /** Whether a person may speak under a client number, in presence or in edits; from then on nobody else may. */
  readonly claim: (client: number, identity: Pick<Identity, 'person'>) => boolean
  /** An edit that was admitted has been taken in. */
  readonly applied: (update: Uint8Array) => void
  /** Brings back what a kept state has and the design has not, as an edit of the hub's; durable before anybody sees it. Answers how many rows. */
  readonly bringBack: (state: Uint8Array) => Promise<Result<number>>
  /** Takes in what other processes took in; answers how many edits. */
  readonly catchUp: () => Promise<Result<number>>
  readonly compactIfLarge: () => Promise<Result<true>>
  readonly close: () => Promise<void>
}

export type Admitted = { readonly isNews: boolean; readonly tripped?: Uint8Array }

export type RoomTools = {
  readonly doc: HubDoc
  readonly stored: StoredDocument
  readonly limits: Limits
  readonly now: () => number
  /** Keeps a state apart; called before a loss of many rows is refused or let through. */
  readonly keep: (state: Uint8Array) => Promise<Result<string>>
  /** Called when something new is durable. */
  readonly wrote: () => void
}

/** Where an edit comes from, in the words of Hocuspocus: whoever is connected here is told of both, only our own are a reason to compact. */
const FROM_OTHERS = { source: 'redis' } as const
const OUR_OWN = { source: 'local' } as const

/** Refusals that could be for want of news of another process. */
const MAY_BE_BEHIND = new Set(['storage.behind', 'update.gap', 'update.client'])
/** How often an edit is judged anew because others were quicker. */
const MOST_TRIES = 20

export function openRoom({ doc, stored, limits, now, keep, wrote }: RoomTools): Room {
  const writers = new Map(stored.writers)
  const claims = new Map<number, string>()
  /** How many numbers each person has. */
  const numbers = new Map<string, number>()
  for (const person of writers.values()) numbers.set(person, (numbers.get(person) ?? 0) + 1)
  /** Logged and not taken in yet, with the connection it came by. */
  const waiting = new Map<Uint8Array, Waiting>()
  let bytes = wholeState(doc).length
  const wire = tripwire({ rows: () => rowCount(doc), state: () => wholeState(doc), now })

  let isClosed = false

  function ownerOf(client: number): string | undefined {
    return writers.get(client) ?? claims.get(client) ?? (hasWritten(doc, client) ? HUB : undefined)
  }

  function clientProblem(clients: readonly number[], added: number, { identity, session }: Hand): Problem | undefined {
    for (const client of clients) {
      const owner = ownerOf(client)
      if (owner !== undefined && owner !== identity.person)
        return refusal('update.client', 'It speaks under the number of another person’s program.')
    }
    const isFull =
      session.clients + added > limits.clientsPerSession ||
      clientCount(doc) + added > limits.clientsPerDocument ||
      (numbers.get(identity.person) ?? 0) + added > limits.clientsPerPerson
    if (isFull)
      return refusal('update.clients', 'It brings in more numbers of programs than a connection, a person or a design may have.')
    return undefined
  }

  function sizeProblem(update: Uint8Array): Problem | undefined {
    if (bytes + update.length <= limits.documentBytes) return undefined
    bytes = wholeState(doc).length
    if (bytes + update.length <= limits.documentBytes) return undefined
    return refusal('document.large', `The design has reached ${limits.documentBytes} bytes.`)
  }

  /** What an update would do, once nothing is on its way any more that was written under the same numbers over another connection. */
  async function seen(update: Uint8Array, { role, session }: Hand): Promise<ReturnType<typeof foresee>> {
    for (;;) {
      const found = foresee(doc, update, { tables: TABLES_OF[role] })
      if (!found.ok) return found
      const { spans } = found.value
      const isOfOne = (one: Waiting) => one.session !== session.id && spans.some(({ client }) => one.clients.has(client))
      const other = [...waiting.values()].find(isOfOne)
      if (!other) return found
      await other.gone
    }
  }

  function forget(update: Uint8Array): void {
    waiting.get(update)?.leave()
    waiting.delete(update)
  }

  async function admit(hand: Hand, update: Uint8Array): Promise<Result<Admitted>> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const admitted = await admitNow(hand, update)
      if (admitted.ok || !MAY_BE_BEHIND.has(admitted.problems[0].code)) return admitted
      const caught = await catchUp()
      if (!caught.ok) return caught
      if (caught.value === 0 && admitted.problems[0].code !== 'storage.behind') return admitted
    }
    return { ok: false, problems: [refusal('storage.busy', 'Too many others write the same at once.')] }
  }

  async function admitNow(hand: Hand, update: Uint8Array): Promise<Result<Admitted>> {
    const { identity, role, session } = hand
    const foreseen = await seen(update, hand)
    if (!foreseen.ok) return foreseen
    const { spans, lost, suggested, rewritten, isNews } = foreseen.value
    if (rewritten.length > 0) return { ok: false, problems: [clientProblem(rewritten, 0, hand) ?? REWRITTEN] }
    if (!isNews) return ok({ isNews })
    const isOthers = !DECIDES.has(role) && suggested.some(client => ownerOf(client) !== identity.person)
    const clients = spans.map(({ client }) => client)
    const isNew = clients.filter(client => !hasWritten(doc, client)).length
    const problem = (isOthers ? OTHERS : undefined) ?? sizeProblem(update) ?? clientProblem(clients, isNew, hand)
    if (problem) return { ok: false, problems: [problem] }
    const before = wire.lose(identity.person, lost)
    // An owner may take a design apart, for it can be brought back; nobody else may.
    const isHeld = before !== undefined && role !== 'owner'
    if (isHeld) wire.spare(identity.person, lost)
    const added = isHeld ? new Map() : newWriters(clients, identity.person)
    if (!isHeld) {
      session.clients += isNew
      bind(added)
      waiting.set(update, waitingOf(session.id, clients))
    }
    /** As if it had never come. */
    const undo = <T>(refused: T): T => {
      forget(update)
      session.clients -= isNew
      unbind(added)
      wire.spare(identity.person, lost)
      return refused
    }
    if (before) {
      const kept = await keep(before)
      if (isHeld)
        return kept.ok
          ? { ok: false, problems: [refusal('update.massDelete', 'It takes away most of the design at once.')] }
          : kept
      if (!kept.ok) return undo(kept)
    }
    const by = spans.map(span => ({ ...span, person: identity.person }))
    const durable = await stored.append(update, { writers: added, by })
    if (!durable.ok) return undo(durable)
    bytes += update.length
    wrote()
    return ok(before ? { isNews, tripped: before } : { isNews })
  }

  function newWriters(clients: readonly number[], person: string): Map<number, string> {
    return new Map(clients.filter(client => !writers.has(client)).map(client => [client, person]))
  }

  function bind(added: Writers): void {
    for (const [client, person] of added) {
      unbind(new Map([[client, writers.get(client) ?? '']]))
      writers.set(client, person)
      numbers.set(person, (numbers.get(person) ?? 0) + 1)
    }
  }

  function unbind(added: Writers): void {
    for (const [client, person] of added) {
      if (writers.get(client) !== person) continue
      writers.delete(client)
      numbers.set(person, (numbers.get(person) ?? 1) - 1)
    }
  }

  const catchUp = oneAtATime(() =>
    stored.news((updates, added) => {
      if (isClosed) return
      bind(added)
      replay(doc, updates, FROM_OTHERS)
      for (const update of updates) bytes += update.length
    }),
  )

  async function bringBack(state: Uint8Array): Promise<Result<number>> {
    const { update, span, rows } = puttingBack(doc, state)
    if (rows === 0) return ok(0)
    waiting.set(update, waitingOf('', [span.client]))
    const added = new Map([[span.client, HUB]])
    const durable = await stored.append(update, { writers: added, by: [{ ...span, person: HUB }] })
    if (durable.ok) {
      bind(added)
      if (!isClosed) replay(doc, [update], OUR_OWN)
      bytes += update.length
      wrote()
    }
    forget(update)
    return durable.ok ? ok(rows) : durable
  }

  return {
    admit,
    claim: (client, { person }) => {
      const owner = ownerOf(client)
      if (owner === undefined) claims.set(client, person)
      return owner === undefined || owner === person
    },
    applied: forget,
    bringBack,
    catchUp,
    compactIfLarge: async () => {
      if (stored.size() < limits.compactBytes) return ok(true)
      const caught = await catchUp()
      return caught.ok ? stored.compact(wholeState(doc, [...waiting.keys()]), new Map(writers)) : caught
    },
    close: () => {
      isClosed = true
      return stored.close()
    },
  }
}

const OTHERS = refusal('update.table', 'It changes a suggestion of somebody else, which only an editor decides.')

const REWRITTEN = refusal('update.rewritten', 'It says something else than the same program said before under the same number.')

/** An edit between the log and the document. */
type Waiting = {
  readonly session: string
  readonly clients: ReadonlySet<number>
  readonly gone: Promise<void>
  readonly leave: () => void
}

/** A person who lost the connection comes back and sends again what the first connection already brought: that one is waited for. */
function waitingOf(session: string, clients: readonly number[]): Waiting {
  let leave = (): void => {}
  const gone = new Promise<void>(done => {
    leave = done
  })
  return { session, clients: new Set(clients), gone, leave }
}

function refusal(code: string, why: string): Problem {
  return { code, severity: 'error', message: `An edit was refused. ${why}`, cure: 'Nothing was changed. Join the design again.' }
}
