import { Button } from '../ui/button.tsx'
import { Modal, ModalEnd } from '../ui/modal.tsx'
import { t } from '../words/translate.ts'
import styles from './copy-by-hand.module.css'

/** The text to copy, where the browser does not let the window do it. */
export function CopyByHand({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  return (
    <Modal title={t('Copy by hand')} onClose={onClose} wide>
      <p>{t('The browser did not let this window write to the clipboard. The text is selected: copy it with Ctrl+C.')}</p>
      <textarea aria-label={t('Text to copy')} readOnly className={styles.text} value={text} ref={element => element?.select()} />
      <ModalEnd>
        <Button look="primary" onPress={onClose}>
          {t('Done')}
        </Button>
      </ModalEnd>
    </Modal>
  )
}
