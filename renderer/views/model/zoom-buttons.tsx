import { Maximize2, Minus, Plus } from 'lucide-react'
import { canvasPort } from '../../canvas/canvas-port.ts'
import { fitDrawing } from '../../commands/definitions/model-keys.ts'
import { useRun } from '../../state/use-commands.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import styles from './model-view.module.css'

/** How near the drawing is; looking closer is no deed, so it speaks to the canvas directly. */
export function ZoomButtons() {
  const run = useRun()
  return (
    <div className={styles.zoom}>
      <IconButton label="Zoom out" onPress={() => canvasPort()?.zoom('out')}>
        <Minus size={15} aria-hidden />
      </IconButton>
      <IconButton label="Show everything" chord="1" onPress={() => run(fitDrawing)}>
        <Maximize2 size={14} aria-hidden />
      </IconButton>
      <IconButton label="Zoom in" onPress={() => canvasPort()?.zoom('in')}>
        <Plus size={15} aria-hidden />
      </IconButton>
    </div>
  )
}
