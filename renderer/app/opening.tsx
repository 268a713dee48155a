import { useSession } from '../state/session.ts'
import { STEPS } from '../state/steps.ts'
import { language, t } from '../words/translate.ts'
import styles from './app.module.css'
import header from './header.module.css'
import { Mark } from './mark.tsx'
import own from './opening.module.css'
import rail from './rail.module.css'
import status from './status-bar.module.css'
import { useDocument } from './use-document.ts'

/** The frame before the design has arrived: every bar in its place, so that nothing jumps when it does. */
export function Opening() {
  useDocument(
    useSession(session => session.preferences.theme),
    language(),
  )
  return (
    <div className={styles.app} aria-busy="true">
      <header className={header.header}>
        <Mark />
      </header>
      <div className={styles.body}>
        <div className={rail.rail} aria-hidden>
          <ol>
            {STEPS.map(step => (
              <li key={step.id} className={rail.step}>
                <span className={rail.link}>
                  <span className={own.icon} />
                  <span className={rail.name}>
                    {step.number} {t(step.name)}
                  </span>
                </span>
              </li>
            ))}
          </ol>
        </div>
        <main className={own.place}>
          <p role="status" className={own.words}>
            {t('Opening the design…')}
          </p>
        </main>
      </div>
      <footer className={status.bar} />
    </div>
  )
}
