import { isSamePerson } from '../../core/mitigations/acceptance.ts'
import type { NamedEntry } from '../../core/model/ledger.ts'
import type { Signer } from '../../core/signing/standing.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { enrolledIn } from './keys/enrolment.ts'
import { readLedgerFolder } from './ledger.ts'

/** What the second person signs: the same waiver, and whose proposal it was. */
export type Second = { readonly payload: Readonly<Record<string, unknown>>; readonly first: NamedEntry }

/**
 * The waiver that the ledger knows under this start of a hash, for another person to sign: refused where it is not there, not signed, has
 * ended, or is the signer's own. `at` is an ISO instant.
 */
export async function secondOf(
  folder: string,
  { start, signer, at }: { readonly start: string; readonly signer: Signer; readonly at: string },
): Promise<Result<Second>> {
  const ledger = await readLedgerFolder(folder)
  if (!ledger.ok) return ledger
  const hex = start.replace(/^sha256:/, '')
  const found = ledger.value.entries.filter(({ hash, entry }) => entry.type === 'waived' && hash.slice(7).startsWith(hex))
  const [first] = found
  if (!first || found.length > 1 || hex.length < 6)
    return refuse({
      code: 'waive.entry',
      at: start,
      message: 'No waiver of the ledger has this hash.',
      cure: 'skeptic ledger lists the entries.',
    })
  const { workItem, check, kind, reason, until } = first.entry.payload
  if (typeof until !== 'string' || until < at.slice(0, 10))
    return refuse({ code: 'waive.until', at: start, message: 'This waiver has ended.', cure: 'Propose a new one.' })
  const proposer = personOf(folder, first)
  if (!proposer.ok) return proposer
  if (isSamePerson(proposer.value.name, signer.name) || isSamePerson(proposer.value.email, signer.email))
    return refuse({
      code: 'waive.samePerson',
      at: first.hash,
      message: `${signer.name} proposed this and cannot also be the second.`,
      cure: 'Another person with an enrolled key signs it.',
    })
  return ok({ payload: { workItem, check, kind, reason, until, seconds: first.hash }, first })
}

/** Who proposed it: the owner of the key, for nobody can be sure of a name that is not signed. */
function personOf(folder: string, { hash, entry }: NamedEntry): Result<{ readonly name: string; readonly email: string }> {
  const enrolled = enrolledIn(folder)
  if (!enrolled.ok) return enrolled
  const key = enrolled.value.find(({ id }) => id === entry.signature?.key)
  if (key) return ok(key)
  return refuse({
    code: 'waive.unsigned',
    at: hash,
    message: 'This waiver is not signed, so it never counts.',
    cure: 'Its author proposes it again with an enrolled key.',
  })
}
