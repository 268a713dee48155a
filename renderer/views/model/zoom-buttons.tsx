import { Map as MapIcon, Maximize2, Minus, Plus } from 'lucide-react'
import { canvasPort } from '../../canvas/canvas-port.ts'
import { fitDrawing } from '../../commands/definitions/model-keys.ts'
import { toggleMinimap } from '../../commands/definitions/model-look.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { t } from '../../words/translate.ts'
import styles from './model-view.module.css'

/** How near the drawing is; looking closer is no deed, so it speaks to the canvas directly. */
export function ZoomButtons() {
  const run = useRun()
  const minimap = useSession(session => session.preferences.minimap)
  return (
    <div className={styles.zoom}>
      <IconButton label={t('Zoom out')} onPress={() => canvasPort()?.zoom('out')}>
        <Minus size={15} aria-hidden />
      </IconButton>
      <IconButton label={t('Show everything')} chord="1" onPress={() => run(fitDrawing)}>
        <Maximize2 size={14} aria-hidden />
      </IconButton>
      <IconButton label={t('Zoom in')} onPress={() => canvasPort()?.zoom('in')}>
        <Plus size={15} aria-hidden />
      </IconButton>
      <span className={styles.minimap}>
        <IconButton label={t('Minimap')} pressed={minimap} onPress={() => run(toggleMinimap)}>
          <MapIcon size={14} aria-hidden />
        </IconButton>
      </span>
    </div>
  )
}
