import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { showTab } from '../../commands/definitions/inspect.ts'
import { type InspectorTab, useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { t } from '../../words/translate.ts'
import inspector from './inspector.module.css'
import styles from './tabs.module.css'

/** One side of an object, and how much there is on it where that is known. */
export type Side = { readonly tab: InspectorTab; readonly count?: number; readonly panel: ReactNode }

/** The sides of an object: one tab stop, arrows move. A side that an object lacks shows the first instead, and is remembered. */
export function SideTabs({ sides }: { readonly sides: readonly Side[] }) {
  const run = useRun()
  const asked = useSession(session => session.inspectorTab)
  const shown = sides.find(side => side.tab === asked) ?? sides[0]
  if (!shown) return null
  const names: Readonly<Record<InspectorTab, string>> = {
    info: t('Info'),
    threats: t('Threats'),
    notes: t('Comments'),
    history: t('History'),
  }
  return (
    <Tabs
      className={styles.tabs ?? ''}
      selectedKey={shown.tab}
      onSelectionChange={key => {
        const side = sides.find(one => one.tab === key)
        if (side && side.tab !== shown.tab) run(showTab, side.tab)
      }}
    >
      <TabList aria-label={t('Sides of this object')} className={styles.list ?? ''}>
        {sides.map(({ tab, count }) => (
          <Tab key={tab} id={tab} className={styles.tab ?? ''}>
            {names[tab]} {count ? <span className={styles.count}>{count}</span> : null}
          </Tab>
        ))}
      </TabList>
      {sides.map(({ tab, panel }) => (
        <TabPanel key={tab} id={tab} className={inspector.body ?? ''} data-focus="inspector">
          {panel}
        </TabPanel>
      ))}
    </Tabs>
  )
}
