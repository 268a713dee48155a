import { Copy } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { samplesOf } from '../../../core/monitoring/samples.ts'
import { sigmaFiles } from '../../../core/monitoring/sigma.ts'
import type { HandOff } from '../../../core/monitoring/types.ts'
import { copyExport } from '../../commands/definitions/import.ts'
import { lookAtMonitoring } from '../../commands/definitions/monitoring.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Chips } from '../../ui/chip.tsx'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import { conditionLines, type ShownDetection } from './monitoring-model.ts'
import styles from './monitoring-view.module.css'
import { becauseWords, countWords } from './monitoring-words.ts'
import reading from './reading.module.css'
import { SamplePanes } from './sample-panes.tsx'

/** One detection of a threat: what it looks for and where, from what it follows, its samples and its rule. */
export function DetectionDetail({ shown, handOff }: { readonly shown: ShownDetection; readonly handOff: HandOff }) {
  const run = useRun()
  const { detection, event, because, control, signals } = shown
  const samples = useMemo(() => samplesOf(handOff, signals[0]), [handOff, signals])
  const rule = useMemo(() => sigmaFiles({ ...handOff, signals }).files[0]?.text ?? '', [handOff, signals])
  const threats = [...new Set(signals.flatMap(one => one.threats.map(({ id }) => id)))].sort()
  const places = signals.flatMap(({ service }) => service?.element.id ?? [])
  return (
    <div className={styles.detail}>
      <dl className={styles.facts}>
        <Fact name={t('Follows from')}>{becauseWords(because, control)}</Fact>
        <Fact name={t('Audit event')}>
          <button
            type="button"
            className={styles.link}
            onClick={() => run(lookAtMonitoring, { shown: { part: 'events', open: event.name }, focus: `event ${event.name}` })}
          >
            <code>{event.name}</code>
          </button>
        </Fact>
        <Fact name={t('Looks for')}>
          {conditionLines(signals).map(line => (
            <code key={line} className={styles.condition}>
              {line}
            </code>
          ))}
        </Fact>
        <Fact name={t('Alerts at')}>{countWords(detection)}</Fact>
        <Fact name={t('On')}>{places.length > 0 ? <Chips ids={places} named /> : t('all components')}</Fact>
        <Fact name={t('For threats')}>
          <Chips ids={threats} />
        </Fact>
        <Fact name={t('False alarms')}>
          <span lang={CONTENT_LANGUAGE}>{detection.falsePositives.join(' ')}</span>
        </Fact>
      </dl>
      <SamplePanes samples={samples} />
      <div className={reading.pane}>
        <div className={reading.paneHead}>
          <h3 className={reading.paneName}>{t('The Sigma rule')}</h3>
          <span className={reading.grow} />
          <Button
            small
            look="quiet"
            icon={<Copy size={13} aria-hidden />}
            onPress={() => run(copyExport, { name: `${detection.id}.yml`, text: rule })}
          >
            {t('Copy')}
          </Button>
          <Button
            small
            look="quiet"
            onPress={() =>
              run(lookAtMonitoring, { shown: { part: 'files', format: 'sigma', file: undefined }, focus: 'monitoring file' })
            }
          >
            {t('All formats')}
          </Button>
        </div>
        <pre className={reading.code} lang={CONTENT_LANGUAGE}>
          {rule}
        </pre>
      </div>
    </div>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
