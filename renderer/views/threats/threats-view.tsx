import { useMemo } from 'react'
import { sizeOf } from '../../../core/model/table.ts'
import { filterFindings } from '../../commands/definitions/threats.ts'
import { type FindingFilter, useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { counted } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Empty } from '../../ui/empty.tsx'
import { Fold } from '../../ui/fold.tsx'
import panel from '../../ui/panel.module.css'
import { FilterBar } from './filter-bar.tsx'
import { FindingsTable } from './findings-table.tsx'
import { StrideMap } from './stride-map.tsx'
import { type FindingLists, findingLists, privacyIn } from './threats-model.ts'
import styles from './threats-view.module.css'

/** Step 3: what the rules found, decided line by line or in bulk, and the map of what was looked at. */
export function ThreatsView() {
  const design = useDesign()
  const facts = useFacts()
  const filter = useSession(session => session.filter)
  const merged = facts.merged()
  const lists = useMemo(() => findingLists(design, merged, filter), [design, merged, filter])
  const privacy = useMemo(() => privacyIn(merged), [merged])
  const asking = facts.asking().length
  return (
    <section aria-label="Threats" className={panel.page}>
      <div className={panel.head}>
        <h1 className={panel.title}>Threats</h1>
        {merged.length > 0 ? <p className={panel.sub}>{askingWords(asking)}</p> : null}
      </div>
      {sizeOf(design.elements) === 0 && merged.length === 0 ? (
        <Empty title="No elements yet, so nothing to threaten.">
          <p>
            <a href="#/model">Go to step 2</a> and draw how data moves.
          </p>
        </Empty>
      ) : (
        <div className={panel.stack}>
          <section aria-label="Findings" className={panel.card} data-place="findings" tabIndex={-1} data-focus="findings">
            <FilterBar count={lists.now.length + lists.later.length} privacy={privacy} />
            <FindingsTable title="Now" lines={lists.now} empty={emptyWords(merged.length, filter)} />
            <MoreFindings
              part="later"
              title="Later"
              lines={lists.later}
              note="No boundary crossed, no sensitive data, nothing exposed. May be decided in bulk."
            />
            <MoreFindings
              part="kept"
              title="Kept back"
              lines={lists.kept}
              note="Something asserted in the model answers them. They ask again when that is withdrawn."
            />
            {lists.gone.length > 0 ? (
              <>
                <p className={styles.later}>Gone, decision kept: {counted(lists.gone.length, 'finding')}</p>
                <FindingsTable title="Gone" lines={lists.gone} empty="" />
              </>
            ) : null}
          </section>
          <StrideMap />
        </div>
      )}
    </section>
  )
}

type PartProps = {
  readonly part: 'later' | 'kept'
  readonly title: string
  readonly lines: FindingLists['later']
  readonly note: string
}

/** A part of the findings that is folded until somebody looks. */
function MoreFindings({ part, title, lines, note }: PartProps) {
  const run = useRun()
  const isOpen = useSession(session => session.filter[part])
  return (
    <>
      <div className={styles.later}>
        <Fold isOpen={isOpen} onToggle={() => run(filterFindings, { [part]: !isOpen })}>
          {title}: {counted(lines.length, 'finding')}
        </Fold>
        <span className={panel.sub}>{note}</span>
      </div>
      {isOpen ? <FindingsTable title={title} lines={lines} empty="Nothing fits the filter." /> : null}
    </>
  )
}

function askingWords(asking: number): string {
  if (asking === 0) return 'Every finding that asks for an answer now has one.'
  return `${counted(asking, 'finding')} to decide, about ${Math.max(1, Math.round(asking * 0.5))} min.`
}

function emptyWords(all: number, { text, element, category, privacy, decided }: FindingFilter): string {
  if (all === 0) return 'The rules found nothing. The map below says why, cell by cell.'
  return text || element || category || privacy || !decided ? 'Nothing fits the filter.' : 'Nothing asks for an answer now.'
}
