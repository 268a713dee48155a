import { CircleAlert, CircleCheck, CircleDot, Monitor, Moon, RotateCw, Sun, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { setTheme, showKeys, toggleDrawer } from '../commands/definitions/app.ts'
import type { Theme } from '../state/preferences.ts'
import { useSession } from '../state/session.ts'
import { saveWords, syncWords } from '../state/status-words.ts'
import { useFactsSoon, useProblems, useRun } from '../state/use-commands.ts'
import { counted } from '../state/words.ts'
import { useWorkbench } from '../state/workbench.ts'
import styles from './status-bar.module.css'

const THEMES: readonly { readonly value: Theme; readonly next: Theme; readonly label: string; readonly Icon: typeof Sun }[] = [
  { value: 'system', next: 'light', label: 'Theme: system', Icon: Monitor },
  { value: 'light', next: 'dark', label: 'Theme: light', Icon: Sun },
  { value: 'dark', next: 'system', label: 'Theme: dark', Icon: Moon },
]

/** Whether the work is kept, what the window just did, and what asks for a look. Words, never colours alone. */
export function StatusBar() {
  const run = useRun()
  const { retry } = useWorkbench()
  const save = useSession(session => session.save)
  const sync = useSession(session => session.sync)
  const here = useSession(session => session.others.length) + 1
  const theme = useSession(session => session.preferences.theme)
  const drawer = useSession(session => session.drawer)
  const facts = useFactsSoon()
  const problems = useProblems().length
  const kept = saveWords(save, sync)
  const SaveIcon = kept.tone === 'good' ? CircleCheck : kept.tone === 'bad' ? CircleAlert : CircleDot
  const shown = THEMES.find(one => one.value === theme) ?? THEMES[0]
  return (
    <footer className={styles.bar}>
      <span className={`${styles.item} ${kept.tone === 'bad' ? styles.bad : ''}`} title={kept.more}>
        <SaveIcon size={13} aria-hidden className={styles[kept.tone]} />
        {kept.text}
      </span>
      {kept.canRetry ? (
        <button type="button" className={styles.button} onClick={() => void retry()}>
          <RotateCw size={12} aria-hidden /> Retry
        </button>
      ) : null}
      <span className={styles.item}>{syncWords(sync, here)}</span>
      <button type="button" className={styles.button} aria-expanded={drawer} onClick={() => run(toggleDrawer)}>
        <TriangleAlert size={12} aria-hidden /> {counted(problems, 'problem')}
      </button>
      <span className={styles.item}>
        design <code>{facts.digest().slice(7, 13)}</code>
      </span>
      <Said />
      <button type="button" className={styles.button} onClick={() => run(showKeys)}>
        Keys <kbd className={styles.key}>?</kbd>
      </button>
      {shown ? (
        <button type="button" className={styles.button} onClick={() => run(setTheme, shown.next)}>
          <shown.Icon size={13} aria-hidden /> {shown.label}
        </button>
      ) : null}
    </footer>
  )
}

const STAYS = 15_000

/** What the window did last, also spoken; it leaves after a while, so that it never speaks of something long past. */
function Said() {
  const said = useSession(session => session.said)
  const [gone, setGone] = useState(0)
  useEffect(() => {
    const timer = setTimeout(() => setGone(said.turn), STAYS)
    return () => clearTimeout(timer)
  }, [said.turn])
  return (
    <span className={styles.said} role="status">
      {gone === said.turn ? '' : said.text}
    </span>
  )
}
