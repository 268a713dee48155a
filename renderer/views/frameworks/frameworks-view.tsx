import { Info } from 'lucide-react'
import { useMemo } from 'react'
import { deriveCoverage } from '../../../core/frameworks/derive.ts'
import { exclusionProblems } from '../../../core/frameworks/exclusions.ts'
import { type Coverage, type FrameworkCoverage, type FrameworkLayer, LAYERS } from '../../../core/frameworks/types.ts'
import type { LedgerState } from '../../../core/model/ledger.ts'
import { builtinFrameworks } from '../../../packs/frameworks.ts'
import { openFramework } from '../../commands/definitions/frameworks.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useHostRead } from '../../state/use-host-read.ts'
import { useDesign } from '../../state/workbench.ts'
import panel from '../../ui/panel.module.css'
import { ProblemList } from '../../ui/problem-list.tsx'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import { FrameworkPage } from './framework-page.tsx'
import { LAYER_LINES, LAYER_NAMES } from './framework-words.ts'
import styles from './frameworks-view.module.css'
import { StateBar } from './state-bar.tsx'

/** How far the design answers published frameworks, layer by layer; one of them down to its rows. */
export function FrameworksView() {
  const turn = useSession(session => session.ledgerTurn)
  const read = useHostRead('ledger.read', {}, turn)
  if (read.kind === 'reading') return <p role="status">{t('Reading the ledger…')}</p>
  if (read.kind === 'refused') return <ProblemList problems={read.problems} />
  return <Covered ledger={read.value} />
}

function Covered({ ledger }: { readonly ledger: LedgerState }) {
  const design = useDesign()
  const { packs, at } = useFacts()
  const chosen = useSession(session => session.framework)
  const coverage = useMemo(
    () => deriveCoverage(design, { packs, frameworks: builtinFrameworks, ledger, at }),
    [design, packs, ledger, at],
  )
  const problems = useMemo(() => exclusionProblems(design, builtinFrameworks), [design])
  const shown = coverage.frameworks.find(one => one.id === chosen)
  return (
    <div className={styles.frameworks} data-focus="frameworks" tabIndex={-1}>
      <Meaning isBroken={!ledger.ok} />
      {problems.length > 0 ? (
        <section aria-label={t('Decisions that no row shows')} className={panel.card}>
          <ProblemList problems={problems} />
        </section>
      ) : null}
      {shown ? <FrameworkPage framework={shown} /> : <Layers coverage={coverage} />}
    </div>
  )
}

/** What the numbers mean and what they do not; it stands above them, always. */
function Meaning({ isBroken }: { readonly isBroken: boolean }) {
  return (
    <section aria-label={t('What this means')} className={styles.meaning}>
      <Info size={16} aria-hidden />
      <div>
        <p>
          <strong>{t('Coverage is not certification.')}</strong>{' '}
          {t('Nobody but the publisher, an auditor or an authority can say that a framework is met.')}
        </p>
        <p className={panel.sub}>
          {t(
            'Proven: what a row asks for passed its checks in at least one place, on evidence that stands for the design as it is now. Planned: decided and checkable, not proven. Outside: no design tool can show it. What is not drawn was not examined.',
          )}
        </p>
        {isBroken ? <p className={styles.broken}>{t('The ledger is broken, so nothing counts as proven.')}</p> : null}
      </div>
    </section>
  )
}

function Layers({ coverage }: { readonly coverage: Coverage }) {
  return (
    <div className={styles.layers}>
      {LAYERS.map(layer => (
        <Layer key={layer} layer={layer} coverage={coverage} />
      ))}
    </div>
  )
}

function Layer({ layer, coverage }: { readonly layer: FrameworkLayer; readonly coverage: Coverage }) {
  return (
    <section aria-label={LAYER_NAMES[layer]} className={styles.layer}>
      <div className={styles.layerHead}>
        <h2 className={styles.layerName}>{LAYER_NAMES[layer]}</h2>
        <span className={panel.sub}>{LAYER_LINES[layer]}</span>
      </div>
      <StateBar totals={coverage.layers[layer]} />
      <ul className={styles.cards}>
        {coverage.frameworks
          .filter(one => one.layer === layer)
          .map(one => (
            <li key={one.id}>
              <Card framework={one} />
            </li>
          ))}
      </ul>
    </section>
  )
}

function Card({ framework }: { readonly framework: FrameworkCoverage }) {
  const run = useRun()
  const { id, title, source, totals } = framework
  return (
    <article aria-label={title} className={styles.card}>
      <button type="button" className={styles.open} onClick={() => run(openFramework, id)}>
        <span className={styles.name} lang={CONTENT_LANGUAGE}>
          {title}
        </span>{' '}
        <span className={panel.sub} lang={CONTENT_LANGUAGE}>
          {source.publisher} · {source.version}
        </span>
      </button>
      <StateBar totals={totals} />
    </article>
  )
}
