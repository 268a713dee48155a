import { addedId } from '../../../core/dfd/edits.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Category } from '../../../core/model/types.ts'
import { ok } from '../../../core/support/result.ts'
import { addThreat, editThreat } from '../../../core/threats/edits.ts'
import { type SentenceParts, sentenceFields } from '../../../core/threats/sentence.ts'
import { mergedOf } from '../../state/facts.ts'
import { membersOf } from '../../state/merged.ts'
import type { SentenceAsked } from '../../state/session.ts'
import { t } from '../../words/translate.ts'
import { type Command, plan, session, write } from '../command.ts'
import { chooseFirst, DONE, decide, decided, leaveFinding, realAsProposed, takeFinding } from './threats.ts'

/** Puts a suggestion in own words before it is taken. */
export const writeFinding: Command = {
  id: 'triage.write',
  category: 'Finding',
  title: 'Write it in own words…',
  keys: [{ chord: 'Enter', place: 'row' }],
  plan: context => {
    const [id] = context.session.selection
    if (id !== undefined && context.design.threats[id]) return plan(session({ dialog: { kind: 'sentence', threat: id } }))
    const merged = id === undefined ? undefined : mergedOf(context.facts, id)
    if (!merged) return chooseFirst()
    if (merged.lead.applicability === 'gone') return plan(session({ dialog: { kind: 'reassign', finding: merged.lead.id } }))
    const ids = membersOf(merged).map(member => member.id)
    const threat = rowsOf(context.design.threats).find(row => ids.some(one => row.findings?.[one]))
    const asked: SentenceAsked = threat ? { threat: threat.id } : { finding: merged.lead.id }
    return plan(session({ dialog: { kind: 'sentence', ...asked } }))
  },
}

/** Keys of a row that has the focus; elsewhere they keep their usual meaning. */
export const ROW_KEYS: readonly Command[] = [takeFinding, leaveFinding, writeFinding]

/** Opens the sentence of a new threat, about a place where one is known. */
export const writeNewThreat: Command = {
  id: 'triage.newThreat',
  category: 'Finding',
  title: 'Write a threat…',
  keys: [{ chord: 'N', place: 'findings' }],
  plan: () => plan(session({ step: 'threats', dialog: { kind: 'sentence' } })),
}

/** Opens the sentence for a threat, a finding, or a place and a category. */
export const askSentence: Command<SentenceAsked> = {
  id: 'triage.askSentence',
  category: 'Finding',
  title: 'Write a threat about this',
  plan: (_context, asked) => plan(session({ dialog: { kind: 'sentence', ...asked } })),
}

/** A threat as it was put: its sentence, its parts, and its category where no finding gives one. */
export type Written = {
  readonly asked: SentenceAsked
  readonly statement: string
  readonly parts: SentenceParts
  readonly category: Category
}

/** Writes a threat: judges its finding real first where there is one, all in one step. */
export const writeThreat: Command<Written> = {
  id: 'triage.writeAs',
  category: 'Finding',
  title: 'Write a threat',
  plan: (context, { asked, statement, parts, category }) => {
    const { design, stamp } = context
    const fields = { statement: statement.trim(), ...sentenceFields(parts) }
    if (asked.threat !== undefined)
      return write(t('edit {{id}}', { id: asked.threat }), editThreat(design, { threat: asked.threat, fields }), DONE, {
        kind: 'say',
        text: t('Changed {{id}}.', { id: asked.threat }),
      })
    if (asked.finding === undefined) {
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
      const edit = addThreat(design, { ...given, statement: fields.statement, categories: { [category]: true } }, stamp)
      const id = (edit.ok ? addedId(edit.value) : undefined) ?? ''
      return write(
        t('add threat'),
        edit,
        session({ dialog: undefined, marked: [], filter: { text: '', standing: 'open' }, selection: [id] }),
        {
          kind: 'focus',
          name: `object ${id}`,
        },
      )
    }
    const { label, said } = decided([asked.finding], t('real'))
    const edit = decide(context, [asked.finding], merged => [
      realAsProposed(context, merged),
      now => {
        const ids = membersOf(merged).map(({ id }) => id)
        const threat = rowsOf(now.threats).find(row => ids.some(id => row.findings?.[id]))
        return threat ? editThreat(now, { threat: threat.id, fields }) : ok([])
      },
    ])
    return write(label, edit, DONE, said)
  },
}
