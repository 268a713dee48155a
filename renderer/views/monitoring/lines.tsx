import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { t } from '../../words/translate.ts'
import styles from './monitoring-view.module.css'

/** More lines than this are shown when asked for: a large design has thousands of threats and components. */
export const MOST = 40

type Props<Line> = {
  readonly of: readonly Line[]
  /** All of them, unasked. */
  readonly isWhole?: boolean
  readonly children: (line: Line) => ReactNode
}

/** A list that begins with its first lines. */
export function Lines<Line>({ of, isWhole = false, children }: Props<Line>) {
  const [isAsked, setAsked] = useState(false)
  const isAll = isWhole || isAsked
  return (
    <>
      <ul>{(isAll ? of : of.slice(0, MOST)).map(children)}</ul>
      {of.length > MOST && !isAll ? (
        <div className={styles.whole}>
          <Button small look="quiet" onPress={() => setAsked(true)}>
            {t('Show all {{count}}', { count: of.length })}
          </Button>
        </div>
      ) : null}
    </>
  )
}
