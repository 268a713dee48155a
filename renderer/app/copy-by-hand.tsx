import { Button } from '../ui/button.tsx'
import { Modal, ModalEnd } from '../ui/modal.tsx'
import styles from './copy-by-hand.module.css'

/** The text to copy, where the browser does not let the window do it. */
export function CopyByHand({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  return (
    <Modal title="Copy by hand" onClose={onClose} wide>
      <p>The browser did not let this window write to the clipboard. The text is selected: copy it with Ctrl+C.</p>
      <textarea aria-label="Text to copy" readOnly className={styles.text} value={text} ref={element => element?.select()} />
      <ModalEnd>
        <Button look="primary" onPress={onClose}>
          Done
        </Button>
      </ModalEnd>
    </Modal>
  )
}
