import { useMemo } from 'react'
import { rowsOf } from '../../../core/model/table.ts'
import { Canvas } from '../../canvas/canvas.tsx'
import { diagramShown, drawingOf } from '../../canvas/drawing.ts'
import { showDiagram, showModelAs } from '../../commands/definitions/model-keys.ts'
import { MermaidText } from '../../diagram/mermaid-text.tsx'
import { useSession } from '../../state/session.ts'
import { useFactsSoon, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Pick } from '../../ui/pick.tsx'
import { Segments } from '../../ui/segments.tsx'
import { EmptyCanvas } from './empty-canvas.tsx'
import { openBySubject } from './model-model.ts'
import styles from './model-view.module.css'
import { Outline } from './outline.tsx'
import { Tools } from './tools.tsx'
import { ZoomButtons } from './zoom-buttons.tsx'

/** Step 2: the data-flow diagram, as a drawing, as an outline, as text. */
export function ModelView() {
  const design = useDesign()
  const facts = useFactsSoon()
  const run = useRun()
  const as = useSession(session => session.modelView)
  const diagram = diagramShown(
    design,
    useSession(session => session.diagram),
  )
  const drawing = drawingOf(design, diagram)
  const asking = facts.asking()
  const counts = useMemo(() => openBySubject(asking.map(({ lead }) => lead)), [asking])
  const diagrams = rowsOf(design.diagrams)
  return (
    <section aria-label="Model" className={styles.view}>
      <h1 className="visually-hidden">Model</h1>
      <div className={styles.bar}>
        <Tools />
        <span className={styles.grow} />
        {diagrams.length > 1 ? (
          <Pick
            label="Diagram"
            hideLabel
            value={diagram?.id ?? ''}
            choices={diagrams.map(row => ({ value: row.id, label: row.name }))}
            onPick={id => run(showDiagram, id)}
          />
        ) : null}
        <Segments
          label="Show the model as"
          value={as}
          choices={[
            { value: 'canvas', label: 'Canvas' },
            { value: 'outline', label: 'Outline' },
            { value: 'mermaid', label: 'Mermaid' },
          ]}
          onPick={next => run(showModelAs, next)}
        />
      </div>
      <div className={styles.stage}>
        {as === 'canvas' ? (
          <div className={styles.canvas} tabIndex={-1} data-focus="canvas" data-place="canvas">
            <Canvas key={diagram?.id ?? 'all'} drawing={drawing} open={counts} />
            {drawing.boxes.length === 0 ? <EmptyCanvas /> : <ZoomButtons />}
          </div>
        ) : null}
        {as === 'outline' ? <Outline /> : null}
        {as === 'mermaid' ? <MermaidText diagram={diagram?.id} /> : null}
      </div>
    </section>
  )
}
