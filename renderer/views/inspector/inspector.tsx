import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { openCounts } from '../../../core/comments/threads.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design } from '../../../core/model/types.ts'
import { closeInspector } from '../../commands/definitions/app.ts'
import { type Facts, mergedOf } from '../../state/facts.ts'
import { useFactsSoon } from '../../state/facts-soon.tsx'
import { type AbsenceAsked, useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { kindName } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Empty } from '../../ui/empty.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { ObjectChain } from '../../ui/object-card.tsx'
import { t } from '../../words/translate.ts'
import { CommentsSide } from '../comments/comments-side.tsx'
import { AbsencePanel } from './absence-panel.tsx'
import { BoundaryPanel } from './boundary-panel.tsx'
import { DataPanel } from './data-panel.tsx'
import { ElementPanel } from './element-panel.tsx'
import { FindingPanel } from './finding-panel.tsx'
import { FlowPanel } from './flow-panel.tsx'
import { threatsOn } from './history-model.ts'
import styles from './inspector.module.css'
import { RequirementPanel } from './requirement-panel.tsx'
import { HistorySide, ThreatsSide } from './sides.tsx'
import { type Side, SideTabs } from './tabs.tsx'
import { ThreatPanel } from './threat-panel.tsx'

/** The selected object: the same component on every screen. */
export function Inspector() {
  const design = useDesign()
  const facts = useFactsSoon()
  const run = useRun()
  const id = useSession(session => session.selection[0])
  const absence = useSession(session => session.absence)
  const asked = absence?.subject === id ? absence : undefined
  const shown = id === undefined ? undefined : asked ? answerTo(asked) : panelFor(design, facts, id)
  return (
    <aside aria-label={t('Inspector')} className={styles.inspector}>
      <div className={styles.head}>
        <h2 className={styles.title}>{shown?.title ?? t('Inspector')}</h2>
        {shown ? <code className={styles.id}>{id}</code> : null}
        <span className={styles.grow} />
        <IconButton label={t('Close the inspector')} chord="Mod+\" onPress={() => run(closeInspector)}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      {shown && id !== undefined && hasSides(id) && !asked ? (
        <SideTabs key={id} sides={sidesOf(design, facts, id, shown.panel)} />
      ) : (
        <div className={styles.body} key={`${id} ${asked?.category}`} tabIndex={-1} data-focus="inspector">
          {shown?.panel ?? (
            <Empty title={t('Nothing is selected.')}>
              <p>{t('Select something to see and change it here.')}</p>
            </Empty>
          )}
          {shown && id !== undefined && !asked ? <ObjectChain id={id} /> : null}
        </div>
      )}
    </aside>
  )
}

/** A finding is one side of the object it is about, and has none of its own. */
function hasSides(id: string): boolean {
  return !id.startsWith('N-')
}

function sidesOf(design: Design, facts: Facts, id: string, panel: ReactNode): readonly Side[] {
  const info = (
    <>
      {panel}
      <ObjectChain id={id} />
    </>
  )
  const isRuled = /^[EF]-/.test(id)
  const asking = isRuled ? facts.about(id).filter(({ lead }) => lead.applicability === 'applies').length : 0
  const threats = {
    tab: 'threats',
    count: threatsOn(facts, id).length + asking,
    panel: <ThreatsSide id={id} isRuled={isRuled} />,
  } as const
  const open = openCounts(design.comments).get(id) ?? 0
  return [
    { tab: 'info', panel: info },
    ...(/^[EFD]-/.test(id) ? [threats] : []),
    { tab: 'notes', count: open, panel: <CommentsSide id={id} /> },
    { tab: 'history', panel: <HistorySide id={id} /> },
  ]
}

type Shown = { readonly title: string; readonly panel: ReactNode }

function answerTo(asked: AbsenceAsked): Shown {
  return { title: t('Why nothing?'), panel: <AbsencePanel asked={asked} /> }
}

function panelFor(design: Design, facts: Facts, id: string): Shown | undefined {
  const element = design.elements[id]
  if (element) return { title: kindName(element.kind), panel: <ElementPanel element={element} /> }
  const flow = design.flows[id]
  if (flow) return { title: t('Data flow'), panel: <FlowPanel flow={flow} /> }
  const boundary = design.boundaries[id]
  if (boundary)
    return { title: t('Trust boundary'), panel: <BoundaryPanel boundary={boundary} others={rowsOf(design.boundaries)} /> }
  const data = design.data[id]
  if (data) return { title: t('Data asset'), panel: <DataPanel data={data} /> }
  const requirement = design.requirements[id]
  if (requirement) return { title: t('Requirement'), panel: <RequirementPanel requirement={requirement} /> }
  const threat = design.threats[id]
  if (threat) return { title: t('Threat'), panel: <ThreatPanel threat={threat} /> }
  const merged = id.startsWith('N-') ? mergedOf(facts, id) : undefined
  if (merged) return { title: t('Finding'), panel: <FindingPanel merged={merged} /> }
  return undefined
}
