import { useMemo, useState } from 'react'
import { type SimulatedRow, simulatePolicies, withPreset } from '../../../core/gate/simulate.ts'
import { policyOf } from '../../../core/model/lookup.ts'
import { useFacts } from '../../state/use-commands.ts'
import { ZONE_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Segments } from '../../ui/segments.tsx'
import table from '../../ui/table.module.css'
import { t } from '../../words/translate.ts'
import { presetName } from './gate-model.ts'
import { decidedWords, differs, otherPreset, simulationSentence, toneOf } from './policy-model.ts'
import styles from './policy-simulation.module.css'

const FIRST_ROWS = 60

/** What another preset would do to every work item and element, beside the choice of it; nothing is changed by looking. */
export function PolicySimulation() {
  const design = useDesign()
  const { packs, at } = useFacts()
  const now = policyOf(design)
  const [picked, setPicked] = useState(otherPreset(now))
  const [scope, setScope] = useState<'changes' | 'all'>('changes')
  const [isWhole, setWhole] = useState(false)
  const simulation = useMemo(
    () => simulatePolicies(design, packs, { before: policyOf(design), after: withPreset(policyOf(design), picked), at }),
    [design, packs, at, picked],
  )
  const rows = [...simulation.workItems, ...simulation.elements]
  const asked = scope === 'all' ? rows : rows.filter(differs)
  const shown = isWhole ? asked : asked.slice(0, FIRST_ROWS)
  return (
    <section aria-label={t('What another policy would do')} className={styles.part}>
      <div className={styles.choices}>
        <Segments
          label={t('Compare with')}
          showLabel
          value={picked}
          choices={(['team', 'strict', 'regulated'] as const).map(preset => ({ value: preset, label: presetName(preset) }))}
          onPick={setPicked}
        />
        <Segments
          label={t('Rows')}
          value={scope}
          choices={[
            { value: 'changes', label: t('What changes') },
            { value: 'all', label: t('All') },
          ]}
          onPick={setScope}
        />
      </div>
      <p role="status" className={styles.sum}>
        {simulationSentence(simulation.counts)}
      </p>
      {shown.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
        <section aria-label={t('Zones before and after')} className={`${table.wrap} ${styles.scroller}`} tabIndex={0}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('Where')}</th>
                <th scope="col">{t('Now')}</th>
                <th scope="col">{t('With {{preset}}', { preset: presetName(picked) })}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(row => (
                <Row key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
      {shown.length < asked.length ? (
        <div>
          <Button small onPress={() => setWhole(true)}>
            {t('Show {{count}} more', { count: asked.length - shown.length })}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

function Row({ row }: { readonly row: SimulatedRow }) {
  return (
    <tr>
      <th scope="row">
        <Chip id={row.id} /> <span className={styles.name}>{row.name}</span>
      </th>
      <td>
        <Zone stands={row.before} />
      </td>
      <td data-change={row.change} className={styles.after}>
        <Zone stands={row.after} change={row.change} />
      </td>
    </tr>
  )
}

function Zone({ stands, change = 'same' }: { readonly stands: SimulatedRow['after']; readonly change?: SimulatedRow['change'] }) {
  const tone = toneOf(change)
  return (
    <>
      <span className={styles.zone}>
        {tone ? (
          <>
            <span aria-hidden>{tone.sign}</span> <span className="visually-hidden">{tone.words}: </span>
          </>
        ) : null}
        {ZONE_NAMES[stands.level]}
      </span>
      <span className={styles.why}>
        {decidedWords(stands.from)}
        {stands.maps.length > 0 ? ` · ${stands.maps.join(', ')}` : null}
        {stands.waiver === undefined ? null : ` · ${t('waived by {{id}}', { id: stands.waiver })}`}
        {stands.allowed ? null : ` · ${t('no prompt')}`}
      </span>
    </>
  )
}
