import type { ReactNode } from 'react'
import { Modal as AriaModal, Dialog, Heading, ModalOverlay } from 'react-aria-components'
import styles from './modal.module.css'

type Props = {
  readonly title: string
  readonly onClose: () => void
  readonly wide?: boolean
  readonly children: ReactNode
}

/** A question in front of everything else; Escape takes it back and focus returns to where it was. */
export function Modal({ title, onClose, wide = false, children }: Props) {
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={open => (open ? undefined : onClose())} className={styles.overlay ?? ''}>
      <AriaModal className={`${styles.modal} ${wide ? styles.wide : ''}`}>
        <Dialog className={styles.dialog ?? ''}>
          <Heading slot="title" level={2} className={styles.title ?? ''}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  )
}

/** The row of buttons that ends a dialog, the deed last. */
export function ModalEnd({ children }: { readonly children: ReactNode }) {
  return <div className={styles.end}>{children}</div>
}
