import { type Command, plan, session } from '../command.ts'

/** Shows the hand-off to monitoring from anywhere. */
export const showMonitoring: Command = {
  id: 'monitoring.show',
  category: 'Report',
  title: 'Show hand-off to monitoring',
  plan: () => plan(session({ step: 'reports', reportsView: 'monitoring' }), { kind: 'focus', name: 'monitoring' }),
}
