import { lazy, Suspense, useMemo } from 'react'
import { rowsOf } from '../../../core/model/table.ts'
import { Canvas } from '../../canvas/canvas.tsx'
import { diagramShown, drawingOf } from '../../canvas/drawing.ts'
import { HeatContext } from '../../canvas/heat.tsx'
import { showDiagram, showModelAs } from '../../commands/definitions/model-keys.ts'
import { HEATS, heatName, showHeat } from '../../commands/definitions/model-look.ts'
import { useFactsSoon } from '../../state/facts-soon.tsx'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Pick } from '../../ui/pick.tsx'
import { Segments } from '../../ui/segments.tsx'
import { t } from '../../words/translate.ts'
import { EmptyCanvas } from './empty-canvas.tsx'
import { HeatLegend } from './heat-legend.tsx'
import { heatOf } from './heat-model.ts'
import { openBySubject } from './model-model.ts'
import styles from './model-view.module.css'
import { Outline } from './outline.tsx'
import { Tools } from './tools.tsx'
import { ZoomButtons } from './zoom-buttons.tsx'

/** The editor comes when somebody opens it. */
const MermaidText = lazy(() => import('../../diagram/mermaid-text.tsx').then(module => ({ default: module.MermaidText })))

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
  const heat = useSession(session => session.heat)
  const map = useMemo(() => heatOf(design, facts, heat), [design, facts, heat])
  return (
    <section aria-label={t('Model')} className={styles.view}>
      <h1 className="visually-hidden">{t('Model')}</h1>
      <div className={styles.bar}>
        <Tools />
        <span className={styles.grow} />
        {as === 'canvas' ? (
          <Pick
            label={t('Heat')}
            hideLabel
            value={heat}
            choices={HEATS.map(value => ({ value, label: heatName(value) }))}
            onPick={next => run(showHeat, next)}
          />
        ) : null}
        {diagrams.length > 1 ? (
          <Pick
            label={t('Diagram')}
            hideLabel
            value={diagram?.id ?? ''}
            choices={diagrams.map(row => ({ value: row.id, label: row.name }))}
            onPick={id => run(showDiagram, id)}
          />
        ) : null}
        <Segments
          label={t('Show the model as')}
          value={as}
          choices={[
            { value: 'canvas', label: t('Canvas') },
            { value: 'outline', label: t('Outline') },
            { value: 'mermaid', label: t('Mermaid') },
          ]}
          onPick={next => run(showModelAs, next)}
        />
      </div>
      <div className={styles.stage}>
        {as === 'canvas' ? (
          <div className={styles.canvas} tabIndex={-1} data-focus="canvas" data-place="canvas">
            <HeatContext value={map}>
              <Canvas key={diagram?.id ?? 'all'} drawing={drawing} open={counts} />
            </HeatContext>
            {drawing.boxes.length === 0 ? <EmptyCanvas /> : <ZoomButtons />}
            <HeatLegend mode={heat} map={map} />
          </div>
        ) : null}
        {as === 'outline' ? <Outline open={counts} /> : null}
        {as === 'mermaid' ? (
          <Suspense fallback={null}>
            <MermaidText key={diagram?.id ?? 'all'} diagram={diagram?.id} />
          </Suspense>
        ) : null}
      </div>
    </section>
  )
}
