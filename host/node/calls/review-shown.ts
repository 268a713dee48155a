import { evidenceInWords } from '../../../core/evidence/in-words.ts'
import type { EvidenceItem } from '../../../core/evidence/types.ts'
import { narrowedPlaces } from '../../../core/verdict/narrowed.ts'
import { type Me, waiverStandings } from '../../../core/verdict/waiver-standings.ts'
import type { EvidenceShown, ReviewShown, Signing } from '../../contract.ts'
import type { Desk } from '../handlers.ts'
import { enrolledIn } from '../keys/enrolment.ts'
import { windowSigning } from '../keys/signer.ts'
import type { Review } from '../review.ts'

/** A review as the window needs it; of keys only what `keys.json` says in public. */
export async function reviewShown({ room, by }: Desk, review: Review): Promise<ReviewShown> {
  const { record, checklist, files, evidence, context, keys, slice } = review
  const would = await windowSigning(room.folder, by)
  const signing: Signing = would.kind === 'signed' ? { ...would, counts: keys.some(key => isInForce(key, would.key)) } : would
  return {
    ...{ record, files, slice, signing },
    checklist: { slice: checklist.slice, checks: checklist.checks, ...(review.differs ? { differs: review.differs } : {}) },
    evidence: evidence.map(shownOf),
    signers: signersOf(review),
    waivers: waiverStandings(checklist, context, meOf(room.folder, signing), keys),
    narrowed: context.change.narrowing ? narrowedPlaces(context.change.narrowing) : [],
  }
}

function isInForce({ id, revokedAt }: Review['keys'][number], key: string): boolean {
  return id === key && revokedAt === undefined
}

function shownOf({ slot, file, binding, reading, signedBy, attestedBy = [], without }: EvidenceItem): EvidenceShown {
  return {
    ...{ slot, file, binding: binding.state },
    ...(reading.ok ? { holds: evidenceInWords(reading.value) } : {}),
    ...(signedBy ? { signedBy } : {}),
    ...(attestedBy.length > 0 ? { attestedBy: [...new Set(attestedBy.map(({ name }) => name))] } : {}),
    ...(without === undefined ? {} : { without }),
  }
}

function signersOf({ context }: Review): ReviewShown['signers'] {
  const all = context.ledger.entries.flatMap(({ hash, entry }) => {
    const signer = context.signers?.get(hash)
    if (!signer || !entry.signature) return []
    return [[hash, { name: signer.name, email: signer.email, roles: signer.roles, key: entry.signature.key }] as const]
  })
  return Object.fromEntries(all)
}

function meOf(folder: string, signing: Signing): Me | undefined {
  if (signing.kind === 'self') return undefined
  const enrolled = enrolledIn(folder)
  return enrolled.ok ? enrolled.value.find(({ id }) => id === signing.key) : undefined
}
