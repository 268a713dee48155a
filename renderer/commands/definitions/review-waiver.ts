import { t } from '../../words/translate.ts'
import { ask, type Command, notNow, plan, session } from '../command.ts'
import { readOnlyBecause } from './review.ts'

/** S: goes to a waiver that waits for a second person, that of the check in view first. Going there signs nothing. */
export const toWaiver: Command = {
  id: 'review.waiver',
  category: 'Review',
  title: 'Go to a waiver that waits',
  keys: [{ chord: 'S', place: 'review' }],
  plan: ({ session: { reviewing, check } }) => {
    const waiting = reviewing?.waivers?.filter(({ state }) => state === 'waiting') ?? []
    const found = waiting.find(one => one.check === check) ?? waiting[0]
    if (!found) return notNow(t('No waiver waits for a second person.'))
    return plan(session({ check: found.check, answer: undefined }), { kind: 'focus', name: 'waiver' })
  },
}

/** Signs a waiver as the second person; the host refuses who proposed it, and who has no key. */
export const secondWaiver: Command<string> = {
  id: 'review.second',
  category: 'Review',
  title: 'Sign waiver as the second person',
  plan: ({ session: now }, entry) => {
    const { reviewing } = now
    const waiver = reviewing?.waivers?.find(one => one.entry === entry && one.state === 'waiting' && one.notBy === undefined)
    if (!reviewing || !waiver) return notNow(t('No waiver waits for a second person.'))
    const refused = readOnlyBecause(now)
    if (refused) return notNow(refused)
    return plan(
      ask('review.second', { workItem: reviewing.workItem, entry }, ({ check, until }) => [
        session({ ledgerTurn: now.ledgerTurn + 1 }),
        { kind: 'focus', name: `check ${check}` },
        { kind: 'say', text: t('{{check}} is set aside until {{until}}. Noted in the ledger.', { check, until }) },
      ]),
    )
  },
}
