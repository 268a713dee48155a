import { useId, useMemo, useState } from 'react'
import { labelOf } from '../../../core/model/lookup.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Category } from '../../../core/model/types.ts'
import { idsOf } from '../../../core/support/order.ts'
import { NO_PARTS, partsOf, type SentenceParts, sentenceOf, sentenceOffers } from '../../../core/threats/sentence.ts'
import { writeThreat } from '../../commands/definitions/threats-write.ts'
import { mergedOf } from '../../state/facts.ts'
import type { SentenceAsked } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { CATEGORIES, CATEGORY_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import field from '../../ui/field.module.css'
import { FormField } from '../../ui/form-field.tsx'
import { Modal, ModalEnd } from '../../ui/modal.tsx'
import { Pick } from '../../ui/pick.tsx'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import styles from './sentence-dialog.module.css'

type Props = { readonly asked: SentenceAsked; readonly onClose: () => void }
type Hole = Exclude<keyof SentenceParts, 'assets'>

/**
 * A threat as one sentence with holes; the model offers what fits into each, and the words stay the person's. The sentence itself is in
 * the language in which the program proposes content; what is asked about it, in that of the window.
 */
export function SentenceDialog({ asked, onClose }: Props) {
  const design = useDesign()
  const facts = useFacts()
  const run = useRun()
  const threat = asked.threat === undefined ? undefined : design.threats[asked.threat]
  const finding = asked.finding === undefined ? undefined : mergedOf(facts, asked.finding)?.lead
  const subject = finding?.subject ?? asked.subject ?? idsOf(threat?.elements)[0] ?? idsOf(threat?.flows)[0]
  const [category, setCategory] = useState<Category>(
    () => asked.category ?? finding?.categories[0] ?? (idsOf(threat?.categories)[0] as Category | undefined) ?? 'tampering',
  )
  const offers = useMemo(() => {
    const about = finding ? { finding } : { subject, category }
    const drawn = [design.elements, design.data, design.flows].flatMap(table => rowsOf<{ readonly id: string }>(table))
    const everything = subject === undefined ? drawn.map(({ id }) => id) : []
    const found = sentenceOffers(design, about)
    return { ...found, assets: [...new Set([...found.assets, ...everything])].slice(0, 12) }
  }, [design, finding, subject, category])
  const [parts, setParts] = useState<SentenceParts>(() =>
    threat ? partsOf(threat) : { ...NO_PARTS, assets: subject === undefined ? [] : [subject] },
  )
  const [own, setOwn] = useState<string | undefined>(threat?.statement ?? finding?.title)
  const made = sentenceOf(design, parts)
  const statement = own ?? made
  const title = threat ? t('Threat {{id}}', { id: threat.id }) : finding ? t('Put it in own words') : t('Write a threat')
  function set(change: Partial<SentenceParts>) {
    const next = { ...parts, ...change }
    setParts(next)
    const sentence = sentenceOf(design, next)
    if (sentence !== '' && (own === undefined || own === made || own === finding?.title || own === threat?.statement))
      setOwn(undefined)
  }
  const hole = (name: Hole, before: string, label: string, isFirst = false) => (
    <HoleField
      isFirst={isFirst}
      before={before}
      label={label}
      value={parts[name]}
      offers={offers[name]}
      onText={text => set({ [name]: text })}
    />
  )
  return (
    <Modal title={title} onClose={onClose} wide>
      <form
        className={styles.form}
        onSubmit={event => {
          event.preventDefault()
          run(writeThreat, { asked, statement, parts, category })
        }}
      >
        {finding ? <p className={styles.note}>{finding.reason}</p> : null}
        <div className={styles.holes}>
          {hole('source', 'A', t('Source: who acts'), true)}
          {hole('prerequisite', 'with', t('Prerequisite: what they need'))}
          {hole('action', 'can', t('Action: what they do'))}
          {hole('impact', 'which leads to', t('Impact: what it leads to'))}
          <fieldset className={styles.hole}>
            <legend className={styles.before}>
              <span lang={CONTENT_LANGUAGE}>on</span>
              <span className="visually-hidden"> {t('Assets: what it is done to')}</span>
            </legend>
            <div className={styles.offers}>
              {offers.assets.map(id => (
                <label key={id} className={styles.asset}>
                  <input
                    type="checkbox"
                    checked={parts.assets.includes(id)}
                    onChange={event =>
                      set({ assets: event.target.checked ? [...parts.assets, id] : parts.assets.filter(one => one !== id) })
                    }
                  />
                  <span>{labelOf(design, id)}</span>
                </label>
              ))}
              {offers.assets.length === 0 ? <span className={styles.note}>{t('Nothing is drawn yet.')}</span> : null}
            </div>
          </fieldset>
        </div>
        <FormField
          label={t('The sentence as it is kept')}
          multiline
          value={statement}
          onText={setOwn}
          required
          note={
            own === undefined
              ? t('Made of the parts; write over it freely.')
              : t('Your own words; the parts are kept beside them.')
          }
        />
        {own !== undefined && made !== '' && own !== made ? (
          <div>
            <Button small onPress={() => setOwn(undefined)}>
              {t('Use the parts instead')}
            </Button>
          </div>
        ) : null}
        {finding || threat ? null : (
          <Pick
            label={t('Category')}
            value={category}
            choices={CATEGORIES.map(value => ({ value, label: CATEGORY_NAMES[value] }))}
            onPick={setCategory}
          />
        )}
        <ModalEnd>
          <Button onPress={onClose}>{t('Cancel')}</Button>
          <Button look="primary" type="submit" isDisabled={statement.trim() === ''}>
            {finding ? t('It is real') : threat ? t('Keep') : t('Add the threat')}
          </Button>
        </ModalEnd>
      </form>
    </Modal>
  )
}

type HoleProps = {
  readonly isFirst: boolean
  readonly before: string
  readonly label: string
  readonly value: string
  readonly offers: readonly string[]
  readonly onText: (text: string) => void
}

/** A hole of the sentence: free words, or one press for what the model offers. */
function HoleField({ isFirst, before, label, value, offers, onText }: HoleProps) {
  const id = useId()
  return (
    <div className={styles.hole}>
      <label htmlFor={id} className={styles.before}>
        <span lang={CONTENT_LANGUAGE}>{before}</span>
        <span className="visually-hidden"> {label}</span>
      </label>
      <div className={styles.filled}>
        <input
          id={id}
          // biome-ignore lint/a11y/noAutofocus: the sentence begins here
          autoFocus={isFirst}
          className={field.input}
          value={value}
          placeholder={label}
          onChange={event => onText(event.target.value)}
        />
        <div className={styles.offers}>
          {offers
            .filter(offer => offer !== value)
            .map(offer => (
              <button key={offer} type="button" lang={CONTENT_LANGUAGE} className={styles.offer} onClick={() => onText(offer)}>
                {offer}
              </button>
            ))}
        </div>
      </div>
    </div>
  )
}
