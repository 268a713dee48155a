import { useState } from 'react'
import { setPerson } from '../commands/definitions/app.ts'
import { useSession } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'
import { Button } from '../ui/button.tsx'
import { FormField } from '../ui/form-field.tsx'
import { Modal, ModalEnd } from '../ui/modal.tsx'
import { t } from '../words/translate.ts'

/** Asks for the name that this person's decisions carry. */
export function PersonDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState(useSession(session => session.preferences.person))
  const run = useRun()
  return (
    <Modal title={t('Your name on decisions')} onClose={onClose}>
      <form
        onSubmit={event => {
          event.preventDefault()
          run(setPerson, name)
        }}
      >
        <FormField
          label={t('Name')}
          value={name}
          onText={setName}
          autoFocus
          required
          note={t('Kept in this window; written beside every decision you make.')}
        />
        <ModalEnd>
          <Button onPress={onClose}>{t('Cancel')}</Button>
          <Button look="primary" type="submit">
            {t('Save')}
          </Button>
        </ModalEnd>
      </form>
    </Modal>
  )
}
