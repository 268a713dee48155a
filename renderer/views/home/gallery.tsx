import { useState } from 'react'
import { Button } from 'react-aria-components'
import { STARTS } from '../../../packs/starts/all.ts'
import { t } from '../../words/translate.ts'
import styles from './gallery.module.css'
import { Sketch } from './sketch.tsx'
import { StartPreview } from './start-preview.tsx'

/** The starting designs as small drawings; each opens a preview, and only the preview begins one. */
export function Gallery() {
  const [shown, setShown] = useState<string>()
  const start = STARTS.find(one => one.id === shown)
  return (
    <>
      <ul className={styles.gallery} aria-label={t('Templates')}>
        {STARTS.map(one => (
          <li key={one.id}>
            <Button className={styles.start ?? ''} onPress={() => setShown(one.id)}>
              <span className={styles.picture}>
                <Sketch drawn={one} />
              </span>
              <span className={styles.title}>{one.title}</span>
              <span className={styles.summary}>{one.summary}</span>
            </Button>
          </li>
        ))}
      </ul>
      {start ? <StartPreview start={start} onClose={() => setShown(undefined)} /> : null}
    </>
  )
}
