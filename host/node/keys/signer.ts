import { isSamePerson } from '../../../core/mitigations/acceptance.ts'
import { type EnrolledKey, keyNamed, shortKey } from '../../../core/signing/enrolled.ts'
import type { Signer } from '../../../core/signing/standing.ts'
import { ok, type Result, refuse } from '../../../core/support/result.ts'
import { signWith } from './ed25519.ts'
import { enrolledIn } from './enrolment.ts'
import { hasKeys, type KeyStore, ownKeys, privateKeyOf, userKeys } from './store.ts'

/**
 * Who signs for a design here: the owner of the one private key on this machine that the design enrols and has not revoked, or of the
 * one that is asked for. Nothing when there is none; a choice between several is a person's.
 */
export async function signerFor(
  dir: string,
  { wanted, store = userKeys }: { readonly wanted?: string; readonly store?: KeyStore } = {},
): Promise<Result<Signer | undefined>> {
  if (wanted === undefined && !(await hasKeys(store))) return ok(undefined)
  const enrolled = enrolledIn(dir)
  if (!enrolled.ok) return enrolled
  if (wanted === undefined && enrolled.value.length === 0) return ok(undefined)
  const own = await ownKeys(store)
  if (!own.ok) return own
  const usable = enrolled.value.filter(key => key.revokedAt === undefined && own.value.some(({ id }) => id === key.id))
  if (wanted !== undefined) {
    const named = keyNamed(usable, wanted)
    return named.ok ? opened(named.value, store) : notHere(wanted)
  }
  const [only, other] = usable
  if (only && other)
    return refuse({
      code: 'keys.several',
      message: `Several keys of yours are enrolled: ${usable.map(({ id }) => shortKey(id)).join(', ')}.`,
      cure: 'Name one: --key ID',
    })
  return only ? opened(only, store) : ok(undefined)
}

/** Under what a deed in a window will be noted: signed with a key, or not, and why not. Nothing of a private key is in it. */
export type WindowSigning =
  | { readonly kind: 'signed'; readonly key: string; readonly name: string; readonly roles: readonly string[] }
  | {
      readonly kind: 'self'
      /** No enrolled key of theirs is here; several are; it is another person's; it cannot be opened. */
      readonly why: 'noKey' | 'several' | 'otherName' | 'locked'
      /** The name that the key here is enrolled under, where that is another. */
      readonly name?: string
    }

/** The signer for what somebody does in a window: only the one who sits there, never silently another. A key that cannot be opened signs nothing. */
export async function signerNamed(dir: string, by: string, store: KeyStore = userKeys): Promise<Signer | undefined> {
  const signer = await signerFor(dir, { store })
  return signer.ok && signer.value && isSamePerson(signer.value.name, by) ? signer.value : undefined
}

/** Tells beforehand whether and as whom `signerNamed` signs. */
export async function windowSigning(dir: string, by: string, store: KeyStore = userKeys): Promise<WindowSigning> {
  const signer = await signerFor(dir, { store })
  if (!signer.ok) return { kind: 'self', why: signer.problems[0].code === 'keys.several' ? 'several' : 'locked' }
  if (!signer.value) return { kind: 'self', why: 'noKey' }
  const { key, name } = signer.value
  if (!isSamePerson(name, by)) return { kind: 'self', why: 'otherName', name }
  const enrolled = enrolledIn(dir)
  const roles = enrolled.ok ? (enrolled.value.find(({ id }) => id === key)?.roles ?? []) : []
  return { kind: 'signed', key, name, roles }
}

function notHere(wanted: string): Result<never> {
  return refuse({
    code: 'keys.notHere',
    at: wanted,
    message: 'No key of yours with this id is enrolled in this design and in force.',
    cure: 'skeptic keys list shows which are.',
  })
}

async function opened({ id, name, email }: EnrolledKey, store: KeyStore): Promise<Result<Signer>> {
  const key = await privateKeyOf(id, store)
  return key.ok ? ok({ key: id, name, email, sign: bytes => signWith(key.value, bytes) }) : key
}
