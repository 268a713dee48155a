import { Copy, Download, FolderDown } from 'lucide-react'
import { useMemo } from 'react'
import { MONITOR_FORMATS, type MonitorFormat } from '../../../core/monitoring/files.ts'
import { asOcsf } from '../../../core/monitoring/ocsf.ts'
import { samplesOf } from '../../../core/monitoring/samples.ts'
import type { HandOff, HandOffFile } from '../../../core/monitoring/types.ts'
import { copyExport, saveExport } from '../../commands/definitions/import.ts'
import { lookAtMonitoring, saveMonitoring } from '../../commands/definitions/monitoring.ts'
import { monitorFilesNow } from '../../commands/monitoring-plans.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import panel from '../../ui/panel.module.css'
import { Pick } from '../../ui/pick.tsx'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import { fileShown, signalsIn } from './monitoring-model.ts'
import { FORMAT_LINES, FORMAT_PLACES, FORMAT_TITLES } from './monitoring-words.ts'
import styles from './reading.module.css'
import { SamplePanes } from './sample-panes.tsx'
import type { Derived } from './use-hand-off.ts'

/** Every format with its files, each as it is saved; beside it what would set a rule of it off. */
export function FilesPart({ derived: { handOff, facts } }: { readonly derived: Derived }) {
  const run = useRun()
  const { format = 'sigma', file: asked, places } = useSession(session => session.monitoring)
  const { files, losses } = useMemo(
    () => monitorFilesNow(format, { design: facts.design, handOff, places }),
    [format, facts.design, handOff, places],
  )
  const file = fileShown(files, asked)
  return (
    <div className={styles.files}>
      <nav aria-label={t('Formats')} className={styles.formats}>
        {MONITOR_FORMATS.map(one => (
          <button
            key={one}
            type="button"
            className={styles.format}
            aria-current={one === format ? 'true' : undefined}
            onClick={() => run(lookAtMonitoring, { shown: { format: one, file: undefined } })}
          >
            <strong>{one === 'samples' ? t('Samples') : FORMAT_TITLES[one]}</strong>
            <span className={styles.sub}>{FORMAT_LINES[one]}</span>
          </button>
        ))}
        <Button icon={<FolderDown size={14} aria-hidden />} onPress={() => run(saveMonitoring)}>
          {t('Save all as an archive')}
        </Button>
      </nav>
      <section aria-label={t('The file')} className={styles.reading} data-focus="monitoring file" tabIndex={-1}>
        {file ? <Reading format={format} files={files} file={file} /> : <p>{t('No event is asked for, so there is no file.')}</p>}
        {losses.length > 0 ? (
          <details className={styles.losses}>
            <summary>
              {t('{{count}} things that this format cannot say or that are to fill in', { count: losses.length })}
            </summary>
            <ul lang={CONTENT_LANGUAGE}>
              {losses.map(loss => (
                <li key={loss}>{loss}</li>
              ))}
            </ul>
          </details>
        ) : null}
        {file ? <Samples format={format} handOff={handOff} file={file} /> : null}
      </section>
    </div>
  )
}

/** UTF-16 units of a file that are shown; a browser lays out no megabytes at a stroke. */
const MOST = 200_000

type ReadingProps = { readonly format: MonitorFormat; readonly files: readonly HandOffFile[]; readonly file: HandOffFile }

function Reading({ format, files, file }: ReadingProps) {
  const run = useRun()
  const given = { name: file.path.split('/').at(-1) ?? file.path, text: file.text }
  return (
    <div className={styles.pane}>
      <div className={styles.paneHead}>
        {files.length > 1 ? (
          <div className={styles.pickFile}>
            <Pick
              label={t('File')}
              hideLabel
              value={file.path}
              choices={files.map(({ path }) => ({ value: path, label: path }))}
              onPick={next => run(lookAtMonitoring, { shown: { file: next } })}
            />
          </div>
        ) : (
          <h2 className={styles.paneName}>
            <code>{file.path}</code>
          </h2>
        )}
        <span className={styles.grow} />
        <div className={panel.actions}>
          <Button small icon={<Copy size={13} aria-hidden />} onPress={() => run(copyExport, given)}>
            {t('Copy')}
          </Button>
          <Button small icon={<Download size={13} aria-hidden />} onPress={() => run(saveExport, given)}>
            {t('Save')}
          </Button>
        </div>
      </div>
      <p className={styles.place}>{FORMAT_PLACES[format]}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard */}
      <section aria-label={t('Text of {{name}}', { name: given.name })} className={styles.text} tabIndex={0}>
        <pre className={styles.code} lang={CONTENT_LANGUAGE}>
          {file.text.slice(0, MOST)}
        </pre>
        {file.text.length > MOST ? (
          <p className={styles.more}>{t('Only its beginning is shown; copied and saved is all of it.')}</p>
        ) : null}
      </section>
    </div>
  )
}

type SamplesProps = { readonly format: MonitorFormat; readonly handOff: HandOff; readonly file: HandOffFile }

/** A sample of each kind for one rule or event of the file. */
function Samples({ format, handOff, file }: SamplesProps) {
  const run = useRun()
  const { open } = useSession(session => session.monitoring)
  const signals = useMemo(() => signalsIn(handOff, format, file.path), [handOff, format, file.path])
  const signal = signals.find(({ key }) => key === open) ?? signals[0]
  if (format === 'integrity')
    return <p className={styles.sub}>{t('Syscheck watches files and reads no log, so there is no sample event.')}</p>
  if (format === 'samples' || !signal) return null
  return (
    <>
      <div className={styles.pickRule}>
        <Pick
          label={t('Samples of')}
          value={signal.key}
          lang={CONTENT_LANGUAGE}
          choices={signals.map(({ key, detection, service }) => ({
            value: key,
            label: service ? `${detection.title}: ${service.element.name}` : detection.title,
          }))}
          onPick={key => run(lookAtMonitoring, { shown: { open: key } })}
        />
      </div>
      <SamplePanes
        samples={samplesOf(handOff, signal)}
        {...(format === 'ocsf' ? { written: event => asOcsf(signal.event, event) } : {})}
      />
    </>
  )
}
