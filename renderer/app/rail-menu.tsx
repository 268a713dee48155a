import { Menu } from 'lucide-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { STEPS, type StepId } from '../state/steps.ts'
import { Button } from '../ui/button.tsx'
import { t } from '../words/translate.ts'
import { Rail } from './rail.tsx'
import styles from './rail-menu.module.css'

/** The steps where there is no room for them beside the view: a button that opens them above it. */
export function RailMenu({ step }: { readonly step: StepId }) {
  const [isOpen, setOpen] = useState(false)
  const here = STEPS.find(one => one.id === step)
  useEffect(() => {
    if (step) setOpen(false)
  }, [step])
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || !isOpen) return
    event.stopPropagation()
    close()
  }
  function close() {
    setOpen(false)
    document.querySelector<HTMLElement>('[data-focus="steps menu"]')?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button inside opened
    <div className={styles.place} onKeyDown={onKeyDown}>
      <Button
        look="quiet"
        icon={<Menu size={15} aria-hidden />}
        aria-expanded={isOpen}
        data-focus="steps menu"
        onPress={() => setOpen(!isOpen)}
      >
        {here ? `${here.number} ${t(here.name)}` : t('Steps')}
      </Button>
      {isOpen ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: the links inside are what is pressed
        // biome-ignore lint/a11y/useKeyWithClickEvents: a link that is pressed by key is clicked
        <div
          className={styles.sheet}
          onClick={event => (event.target instanceof Element && event.target.closest('a') ? close() : undefined)}
        >
          <Rail />
        </div>
      ) : null}
    </div>
  )
}
