import { useMemo } from 'react'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { startChanges } from '../../../core/model/create-from-start.ts'
import { randomFrom } from '../../../core/model/identity.ts'
import type { Packs, Start } from '../../../core/model/types.ts'
import { beginFrom } from '../../commands/definitions/home.ts'
import { factsOf } from '../../state/facts.ts'
import { useContextNow, useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Modal, ModalEnd } from '../../ui/modal.tsx'
import { t } from '../../words/translate.ts'
import styles from './gallery.module.css'
import { Sketch } from './sketch.tsx'

type Props = { readonly start: Start; readonly onClose: () => void }

/** What a starting design would bring, counted, before anything is written; and why not, where it cannot be begun here. */
export function StartPreview({ start, onClose }: Props) {
  const context = useContextNow()
  const run = useRun()
  const planned = beginFrom.plan(context, start)
  const asking = useMemo(() => questionsOf(start, context.facts.packs, context.facts.at), [start, context.facts])
  const counts = [
    t('{{count}} requirements', { count: start.requirements.length }),
    t('{{count}} elements', { count: start.elements.length }),
    t('{{count}} flows', { count: start.flows.length }),
    t('{{count}} boundaries', { count: start.boundaries.length }),
    t('{{count}} data assets', { count: start.data.length }),
    t('{{count}} assumptions', { count: start.assumptions.length }),
  ]
  return (
    <Modal title={start.title} onClose={onClose} wide>
      <p className={styles.purpose}>{start.purpose}</p>
      <div className={styles.large}>
        <Sketch drawn={start} isNamed />
      </div>
      <ul className={styles.counts} aria-label={t('What it brings')}>
        {counts.map(count => (
          <li key={count}>{count}</li>
        ))}
      </ul>
      <p className={styles.asks}>{t('{{count}} findings will ask for an answer. None is decided.', { count: asking })}</p>
      {planned.ok ? null : <p className={styles.refusal}>{planned.problems[0].message}</p>}
      <ModalEnd>
        <Button onPress={onClose}>{planned.ok ? t('Cancel') : t('Close')}</Button>
        {planned.ok ? (
          <Button
            look="primary"
            autoFocus
            onPress={() => {
              onClose()
              run(beginFrom, start)
            }}
          >
            {t('Start from this')}
          </Button>
        ) : null}
      </ModalEnd>
    </Modal>
  )
}

/** How many findings it would ask about; made from the rules in use, on a design nobody keeps. */
function questionsOf(start: Start, packs: Packs, at: string): number {
  const stamp = { at, by: 'preview', random: randomFrom(start.id) }
  return factsOf(applyChanges(EMPTY_DESIGN, startChanges(EMPTY_DESIGN, start, stamp)), at, packs).asking().length
}
