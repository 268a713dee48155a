import { planArchive, planChecks } from '../../commands/monitoring-plans.ts'
import { MonitoringView } from './monitoring-view.tsx'

/** Loaded together when somebody comes to monitoring: its parts share much of the first script, and apart would split pieces off it. */
export const LATE = { MonitoringView, planArchive, planChecks } as const
