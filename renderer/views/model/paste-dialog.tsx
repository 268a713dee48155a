import { useState } from 'react'
import type { Point } from '../../../core/dfd/geometry.ts'
import { readSelection } from '../../../core/threats/clipboard.ts'
import { pasteWith } from '../../commands/definitions/model-clipboard.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Modal, ModalEnd } from '../../ui/modal.tsx'
import { t } from '../../words/translate.ts'
import styles from './paste-dialog.module.css'

type Props = { readonly text: string; readonly at: Point | undefined; readonly onClose: () => void }

/** Decisions came with the copy: they are left out unless the person says that they hold for the copies too. */
export function PasteDialog({ text, at, onClose }: Props) {
  const run = useRun()
  const [carry, setCarry] = useState(false)
  const read = readSelection(text)
  if (!read.ok || !read.value) return null
  const { triage, threats, mitigations } = read.value.decisions
  return (
    <Modal title={t('Paste: what about the decisions?')} onClose={onClose}>
      <form
        onSubmit={event => {
          event.preventDefault()
          run(pasteWith, { text, at, carry })
        }}
      >
        <p className={styles.lead}>
          {t('The copy brings {{count}} decisions on findings,', { count: triage.length })}{' '}
          {t('{{count}} threats', { count: threats.length })} {t('and {{count}} mitigations.', { count: mitigations.length })}
        </p>
        <label className={styles.carry}>
          <input type="checkbox" checked={carry} onChange={event => setCarry(event.target.checked)} />
          <span>
            {t('Carry the decisions over')}
            <span className={styles.note}>
              {t('They are written in your name, bound to the findings of the copies. Mitigations start again as planned.')}
            </span>
          </span>
        </label>
        <ModalEnd>
          <Button onPress={onClose}>{t('Cancel')}</Button>
          <Button look="primary" type="submit" autoFocus>
            {carry ? t('Paste with decisions') : t('Paste without decisions')}
          </Button>
        </ModalEnd>
      </form>
    </Modal>
  )
}
