import { MiniMap } from '@xyflow/react'
import { useSession } from '../state/session.ts'
import { t } from '../words/translate.ts'
import styles from './minimap.module.css'
import type { BoxNode } from './nodes.ts'

/** The whole drawing, small; dragging in it moves the view. The outline is its twin for keyboards and screen readers. */
export function Overview() {
  const isShown = useSession(session => session.preferences.minimap)
  if (!isShown) return null
  return (
    <MiniMap<BoxNode>
      className={styles.map ?? ''}
      ariaLabel={t('Minimap; the outline says the same in words')}
      nodeClassName={classOf}
      nodeBorderRadius={8}
      nodeStrokeWidth={4}
      maskColor="var(--map-mask)"
      bgColor="var(--raised)"
      pannable
      zoomable
    />
  )
}

function classOf(node: BoxNode): string {
  return [node.data.kind === 'boundary' ? styles.boundary : styles.box, node.selected ? styles.selected : ''].join(' ')
}
