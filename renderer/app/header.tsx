import { ArrowRight, Redo2, Search, Undo2 } from 'lucide-react'
import { useMemo } from 'react'
import { settingsOf } from '../../core/model/lookup.ts'
import { doNext, openPalette, redo, undo } from '../commands/definitions/app.ts'
import { nextAction } from '../commands/next-action.ts'
import { chordFor } from '../commands/registry.ts'
import { useFactsSoon } from '../state/facts-soon.tsx'
import { useSession } from '../state/session.ts'
import { useHistory, useRun } from '../state/use-commands.ts'
import { useDesign, useWorkbench } from '../state/workbench.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Keys } from '../ui/keys.tsx'
import { t } from '../words/translate.ts'
import { GatePill } from './gate-pill.tsx'
import styles from './header.module.css'
import { Mark } from './mark.tsx'
import { People } from './people.tsx'

/** Which design this is, whether it may be prompted, and the one thing to do next. */
export function Header() {
  const design = useDesign()
  const { folder } = useWorkbench()
  const name = settingsOf(design)?.name ?? t('Unnamed design')
  const place = folderName(folder)
  // One name said twice tells nothing more.
  const isCalledSo = place.toLocaleLowerCase() === name.toLocaleLowerCase()
  const run = useRun()
  const steps = useHistory()
  const facts = useFactsSoon()
  const preferences = useSession(session => session.preferences)
  const workItem = useSession(session => session.workItem)
  const recorded = useSession(session => session.recorded)
  const teamTemplates = useSession(session => session.teamTemplates)
  const next = useMemo(
    () => nextAction({ design: facts.design, facts, session: { preferences, workItem, recorded, teamTemplates } }),
    [facts, preferences, workItem, recorded, teamTemplates],
  )
  return (
    <header className={styles.header}>
      <a href="#/home" className={styles.home} aria-label={t('Skeptic, home')}>
        <Mark />
      </a>
      <p className={styles.name}>
        {isCalledSo ? null : (
          <>
            <span className={styles.folder}>{place}</span>
            <span aria-hidden> / </span>
          </>
        )}
        <strong>{name}</strong>
      </p>
      <GatePill />
      <span className={styles.grow} />
      <div className={styles.history}>
        <IconButton
          label={steps.undo === undefined ? t('Undo') : t('Undo {{label}}', { label: steps.undo })}
          chord={chordFor(undo)}
          isDisabled={steps.undo === undefined}
          onPress={() => run(undo)}
        >
          <Undo2 size={16} aria-hidden />
        </IconButton>
        <IconButton
          label={steps.redo === undefined ? t('Redo') : t('Redo {{label}}', { label: steps.redo })}
          chord={chordFor(redo)}
          isDisabled={steps.redo === undefined}
          onPress={() => run(redo)}
        >
          <Redo2 size={16} aria-hidden />
        </IconButton>
      </div>
      <button type="button" className={styles.search} onClick={() => run(openPalette)}>
        <Search size={14} aria-hidden />
        <span>{t('Search or run…')}</span>
        <Keys chord="Mod+K" />
      </button>
      <People />
      <Button
        look="primary"
        icon={<ArrowRight size={14} aria-hidden />}
        aria-label={t('Next: {{text}}', { text: next.text })}
        onPress={() => run(doNext)}
      >
        {next.text}
      </Button>
    </header>
  )
}

/** The last part of a path; the whole of it is in the status bar. */
function folderName(folder: string): string {
  const parts = folder.split(/[\\/]/).filter(Boolean)
  const last = parts.at(-1) ?? folder
  return last === 'threat-model' ? (parts.at(-2) ?? last) : last
}
