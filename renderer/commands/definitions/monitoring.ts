import type { Result } from '../../../core/support/result.ts'
import type { MonitoringShown } from '../../state/session.ts'
import { type Command, type Context, type Effect, plan, session } from '../command.ts'

/** What is looked at of the hand-off, and where the focus goes, if it moves. */
type Look = { readonly shown: Partial<MonitoringShown>; readonly focus?: string }

/** Looks at another part, detection, event or file of the hand-off to monitoring. */
export const lookAtMonitoring: Command<Look> = {
  id: 'monitoring.look',
  category: 'Report',
  title: 'Show of the hand-off to monitoring',
  plan: ({ session: { monitoring } }, { shown, focus }) =>
    plan(
      session({ step: 'reports', reportsView: 'monitoring', monitoring: { ...monitoring, ...shown } }),
      ...(focus === undefined ? [] : [{ kind: 'focus', name: focus } as const]),
    ),
}

/** From a threat to what would show it. */
export const showWatch: Command<string> = {
  id: 'monitoring.threat',
  category: 'Report',
  title: 'Show the detections of a threat',
  plan: (context, threat) =>
    lookAtMonitoring.plan(context, { shown: { part: 'threats', open: undefined, threat }, focus: `watch ${threat}` }),
}

/** Hands all files over as one archive. */
export const saveMonitoring: Command = {
  id: 'monitoring.save',
  category: 'Report',
  title: 'Save all files of the hand-off to monitoring',
  plan: () => late(plans => plans.planArchive),
}

/** Gives each mitigation checks for the audit events of its control, as one step. */
export const askForEvents: Command = {
  id: 'monitoring.addChecks',
  category: 'Report',
  title: 'Ask for these audit events as checks',
  plan: () => late(plans => plans.planChecks),
}

type Plans = typeof import('../../views/monitoring/late.ts')['LATE']

/** The rules of monitoring are read by who asks for them. */
function late(from: (plans: Plans) => (context: Context) => Result<readonly Effect[]>): Result<readonly Effect[]> {
  return plan({ kind: 'load', load: async () => from((await import('../../views/monitoring/late.ts')).LATE) })
}
