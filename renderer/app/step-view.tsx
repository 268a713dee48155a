import { type ComponentType, lazy, Suspense } from 'react'
import type { StepId } from '../state/steps.ts'
import { ChecklistView } from '../views/checklist/checklist-view.tsx'
import { GateView } from '../views/gate/gate-view.tsx'
import { MitigateView } from '../views/mitigate/mitigate-view.tsx'
import { PromptsView } from '../views/prompts/prompts-view.tsx'
import { ReportsView } from '../views/reports/reports-view.tsx'
import { ScopeView } from '../views/scope/scope-view.tsx'
import { ThreatsView } from '../views/threats/threats-view.tsx'
import { VerifyView } from '../views/verify/verify-view.tsx'
import { ViewGuard } from './view-guard.tsx'

/** The canvas library comes with the one view that needs it. */
const ModelView = lazy(() => import('../views/model/model-view.tsx').then(module => ({ default: module.ModelView })))

/** Home and the work are the first screen of some, and of others never. */
const HomeView = lazy(() => import('../views/home/home-view.tsx').then(module => ({ default: module.HomeView })))
const WorkView = lazy(() => import('../views/work/work-view.tsx').then(module => ({ default: module.WorkView })))

const VIEWS: Readonly<Record<StepId, ComponentType>> = {
  home: HomeView,
  work: WorkView,
  scope: ScopeView,
  model: ModelView,
  threats: ThreatsView,
  mitigate: MitigateView,
  gate: GateView,
  prompts: PromptsView,
  checklist: ChecklistView,
  verify: VerifyView,
  reports: ReportsView,
}

/** The view of a step. */
export function StepView({ step }: { readonly step: StepId }) {
  const View = VIEWS[step]
  return (
    <ViewGuard key={step}>
      <Suspense fallback={null}>
        <View />
      </Suspense>
    </ViewGuard>
  )
}
