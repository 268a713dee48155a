import type { Check, Expression } from '../../core/model/types.ts'
import { shortKey } from '../../core/signing/enrolled.ts'
import type { Signer } from '../../core/signing/standing.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { noteEntry } from '../../host/node/kept-states.ts'
import { signerFor } from '../../host/node/keys/signer.ts'
import { openWritable } from '../design-write.ts'
import { answer, type Command } from '../frame.ts'
import { judgedNow } from '../judged.ts'

export const sign: Command = {
  takes: ['W'],
  options: {
    check: { value: 'ID', many: true, help: 'The check that is answered; may be given more than once.' },
    answer: { value: 'pass|fail|cannotTell', help: 'What you found; default pass.' },
    words: { value: 'TEXT', help: 'What you saw, in your own words; a blocker asks for them.' },
    says: { value: 'TEXT', many: true, help: 'Your answer to each question of the check, in their order and in your own words.' },
    base: { value: 'REF', help: 'Revision the change starts from; default: as verify has it.' },
    head: { value: 'REF', help: 'Revision you looked at; default: the working tree.' },
    key: { value: 'ID', help: 'Sign with this key; default: your only one that is enrolled.' },
  },
  async run({ args, options, world }) {
    const [workItem = ''] = args
    const ids = [...new Set(options.many('check'))]
    const [given, words = ''] = [options.text('answer') ?? 'pass', options.text('words')]
    if (ids.length === 0)
      return refuse({
        code: 'sign.check',
        message: 'No check is named.',
        cure: `skeptic sign ${workItem} --check ID; skeptic checklist ${workItem} lists them`,
      })
    if (!ANSWERS.has(given))
      return refuse({ code: 'sign.answer', message: `"${given}" is no answer.`, cure: 'One of pass, fail, cannotTell.' })
    const opened = await openWritable(world)
    if (!opened.ok) return opened
    const { design, folder } = opened.value
    const signer = await mustSign(folder, options.text('key'))
    if (!signer.ok) return signer
    const review = await judgedNow(opened.value, { workItem, base: options.text('base'), head: options.text('head') }, world)
    if (!review.ok) return review
    const { checklist, record } = review.value
    const unknown = ids.find(id => !checklist.checks.some(check => check.id === id))
    if (unknown !== undefined)
      return refuse({
        code: 'sign.unknown',
        at: unknown,
        message: `The checklist of ${workItem} holds no such check.`,
        cure: `skeptic checklist ${workItem} lists them.`,
      })
    const { digest, tree } = record.change
    if (digest === undefined)
      return refuse({
        code: 'sign.noChange',
        message: 'Nobody knows what changed, so the answer would be about nothing.',
        cure: 'Name the revision the change starts from: --base REF',
      })
    const entries: string[] = []
    for (const id of ids) {
      const check = checklist.checks.find(one => one.id === id)
      const payload = {
        ...{ workItem, check: id, answer: given, observation: words.trim(), slice: check?.slice, change: digest },
        ...(tree === undefined ? {} : { tree }),
        ...answersTo(check, options.many('says')),
      }
      const noted = await noteEntry(
        folder,
        { type: 'signed-off', payload, design },
        { at: world.at, by: world.by, signer: signer.value },
      )
      if (!noted.ok) return noted
      entries.push(noted.value.hash)
    }
    const fresh = record.problems.find(({ code }) => code === 'keys.notYet')
    if (fresh) world.say(`${fresh.message} ${fresh.cure ?? ''}`)
    const said = `${signer.value.name} signed ${given} for ${ids.join(', ')} (key ${shortKey(signer.value.key)}), bound to the change as it is now.`
    return answer({ entry: entries[0], entries, answer: given, change: digest, ...(tree === undefined ? {} : { tree }) }, said)
  },
}

/** What was said to each question that the check asks; the verdict tells what is missing. */
function answersTo(check: Check | undefined, said: readonly string[]): { readonly answers?: readonly object[] } {
  const questions = check?.verify ? questionsIn(check.verify) : []
  const answers = questions.flatMap((question, at) => (said[at] === undefined ? [] : [{ question, answer: said[at] }]))
  return answers.length > 0 ? { answers } : {}
}

function questionsIn({ signoff, all, any }: Expression): readonly string[] {
  return signoff?.questions ?? [...(all ?? []), ...(any ?? [])].flatMap(questionsIn)
}

const ANSWERS: ReadonlySet<string> = new Set(['pass', 'fail', 'cannotTell'])

/** A signature is the point of it: without a key nothing is noted. */
export async function mustSign(folder: string, wanted: string | undefined): Promise<Result<Signer>> {
  const signer = await signerFor(folder, wanted === undefined ? {} : { wanted })
  if (!signer.ok) return signer
  if (signer.value) return ok(signer.value)
  return refuse({
    code: 'keys.none',
    message: 'You have no key that this design enrols, so you cannot sign.',
    cure: 'skeptic keys new, then skeptic keys enrol; docs/signing.md says how.',
  })
}
