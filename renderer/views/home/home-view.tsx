import { type DragEvent, lazy, Suspense, useEffect } from 'react'
import { readPasted } from '../../commands/definitions/home.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { useHostRead } from '../../state/use-host-read.ts'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { ContinueCard } from './continue-card.tsx'
import { Doors } from './doors.tsx'
import { partOfDay } from './home-model.ts'
import styles from './home-view.module.css'
import { RoleChoice } from './role-choice.tsx'
import { StartHere } from './start-here.tsx'

/** The starting designs come when home is looked at, never before. */
const Gallery = lazy(() => import('./gallery.tsx').then(module => ({ default: module.Gallery })))

const GREETINGS: Readonly<Record<ReturnType<typeof partOfDay>, () => string>> = {
  // Nobody says good evening after midnight, and good night is a farewell.
  night: () => t('Hello.'),
  morning: () => t('Good morning.'),
  afternoon: () => t('Good afternoon.'),
  evening: () => t('Good evening.'),
}

/** Screen 0: how to go on, how to begin, and the five first steps. It blocks nothing and asks nothing that must be answered. */
export function HomeView() {
  const run = useRun()
  const turn = useSession(session => session.ledgerTurn)
  const now = useSession(session => session.now)
  const showsSteps = useSession(session => session.preferences.startHere)
  const read = useHostRead('ledger.read', {}, turn)
  const ledger = read.kind === 'read' ? read.value : undefined
  usePastedText(text => run(readPasted, text))
  function onDrop(event: DragEvent) {
    const text = event.dataTransfer.getData('text/plain')
    if (event.dataTransfer.types.includes('Files') || text === '') return
    event.preventDefault()
    run(readPasted, text)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping text is the pointer's twin of pasting it
    <div className={panel.page} onDragOver={takeText} onDrop={onDrop}>
      <div className={`${panel.column} ${styles.home}`}>
        <header className={`${panel.head} ${styles.head}`}>
          <h1 className={panel.title}>{GREETINGS[partOfDay(new Date(now).getHours())]()}</h1>
          <RoleChoice />
        </header>
        <div className={showsSteps ? styles.columns : undefined}>
          <div className={panel.stack}>
            <ContinueCard ledger={ledger} />
            <Doors />
          </div>
          {showsSteps ? <StartHere ledger={ledger} /> : null}
        </div>
        <section aria-label={t('Start from a template')} className={styles.starts} tabIndex={-1} data-focus="starts">
          <h2 className={styles.heading}>{t('Start from a template')}</h2>
          <p className={panel.sub}>
            {t(
              'Purpose, requirements, data, flows and boundaries of a usual system. No finding in them is decided: that is yours.',
            )}
          </p>
          <Suspense fallback={<div className={styles.waiting} />}>
            <Gallery />
          </Suspense>
        </section>
      </div>
    </div>
  )
}

function takeText(event: DragEvent): void {
  if (event.dataTransfer.types.includes('text/plain') && !event.dataTransfer.types.includes('Files')) event.preventDefault()
}

/** Hears text that is pasted anywhere on home, where no field takes it. */
function usePastedText(onText: (text: string) => void): void {
  useEffect(() => {
    function onPaste(event: ClipboardEvent) {
      const target = event.target instanceof Element ? event.target : document.body
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (text === '' || target.closest('input, textarea, [contenteditable="true"], [role="dialog"]')) return
      event.preventDefault()
      onText(text)
    }
    addEventListener('paste', onPaste)
    return () => removeEventListener('paste', onPaste)
  }, [onText])
}
