import { rowsOf } from '../../../core/model/table.ts'
import type { Requirement } from '../../../core/model/types.ts'
import { approvalProblems } from '../../../core/requirements/checks.ts'
import { ancestorsOf } from '../../../core/requirements/edits.ts'
import { putUnder } from '../../commands/definitions/requirement-outline.ts'
import {
  approveOneRequirement,
  editOneRequirement,
  linkRequirement,
  reopenOneRequirement,
  retireOneRequirement,
} from '../../commands/definitions/scope.ts'
import { useRun } from '../../state/use-commands.ts'
import { choicesOf } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import { Pick } from '../../ui/pick.tsx'
import { ProblemList } from '../../ui/problem-list.tsx'
import { spoken, t } from '../../words/translate.ts'
import styles from './inspector.module.css'
import { LinkChecks } from './link-checks.tsx'
import { Part } from './part.tsx'

const KINDS = choicesOf<Requirement['kind']>(
  spoken({
    functional: 'Functional',
    security: 'Security',
    privacy: 'Privacy',
    compliance: 'Compliance',
    operational: 'Operational',
  }),
)
const PRIORITIES = choicesOf<NonNullable<Requirement['priority']>>(spoken({ must: 'Must', should: 'Should', could: 'Could' }))
const METHODS = choicesOf<NonNullable<Requirement['verification']>>(
  spoken({ test: 'Test', analysis: 'Analysis', inspection: 'Inspection', demonstration: 'Demonstration' }),
)

/** A requirement beyond its sentence: how it will be shown, what it is about, whether it is in force. */
export function RequirementPanel({ requirement }: { readonly requirement: Requirement }) {
  const design = useDesign()
  const run = useRun()
  const { id, status } = requirement
  const set = (fields: Parameters<typeof editOneRequirement.plan>[1]['fields']) => run(editOneRequirement, { id, fields })
  const parents = rowsOf(design.requirements).filter(row => row.id !== id && !ancestorsOf(design, row.id).includes(id))
  const lacking = status === 'draft' ? approvalProblems(design, requirement) : []
  const toggle = (field: 'elements' | 'flows' | 'data') => (other: string, linked: boolean) => {
    const before = Object.keys(requirement[field] ?? {}).filter(one => one !== other)
    run(linkRequirement, { id, field, ids: linked ? [...before, other] : before })
  }
  return (
    <div className={styles.fields}>
      <p className={styles.lead}>{requirement.statement}</p>
      <Pick label={t('Kind')} value={requirement.kind} choices={KINDS} onPick={kind => set({ kind })} />
      <Pick
        label={t('Priority')}
        value={requirement.priority ?? ''}
        empty={t('None')}
        choices={PRIORITIES}
        onPick={priority => set({ priority: priority || undefined })}
      />
      <Pick
        label={t('Shown by')}
        value={requirement.verification ?? ''}
        empty={t('Not chosen yet')}
        choices={METHODS}
        onPick={verification => set({ verification: verification || undefined })}
      />
      <Pick
        label={t('Part of')}
        value={requirement.parent ?? ''}
        empty={t('Nothing')}
        choices={parents.map(row => ({ value: row.id, label: `${row.id} ${row.statement}` }))}
        onPick={parent => run(putUnder, { id, parent: parent || undefined })}
      />
      <DraftField label={t('Source')} value={requirement.source ?? ''} onCommit={source => set({ source })} />
      <Part title={t('Status')}>
        {lacking.length > 0 ? <ProblemList problems={lacking} /> : null}
        <div className={styles.buttons}>
          {status === 'draft' ? (
            <Button look="primary" isDisabled={lacking.length > 0} onPress={() => run(approveOneRequirement, id)}>
              {t('Approve')}
            </Button>
          ) : (
            <Button onPress={() => run(reopenOneRequirement, id)}>{t('Make it a draft again')}</Button>
          )}
          {status === 'retired' ? null : <Button onPress={() => run(retireOneRequirement, id)}>{t('Retire')}</Button>}
        </div>
      </Part>
      <Part title={t('About elements')}>
        <LinkChecks
          label={t('Elements')}
          rows={rowsOf(design.elements).map(row => ({ id: row.id, name: row.name }))}
          linked={requirement.elements}
          onToggle={toggle('elements')}
          empty={t('Nothing is drawn yet.')}
        />
      </Part>
      <Part title={t('About flows')}>
        <LinkChecks
          label={t('Flows')}
          rows={rowsOf(design.flows).map(row => ({ id: row.id, name: row.name }))}
          linked={requirement.flows}
          onToggle={toggle('flows')}
          empty={t('No flow is drawn yet.')}
        />
      </Part>
      <Part title={t('About data')}>
        <LinkChecks
          label={t('Data')}
          rows={rowsOf(design.data).map(row => ({ id: row.id, name: row.name, more: row.class }))}
          linked={requirement.data}
          onToggle={toggle('data')}
          empty={t('No data asset is named yet.')}
        />
      </Part>
    </div>
  )
}
