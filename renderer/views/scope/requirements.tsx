import { addSomeRequirements } from '../../commands/definitions/scope.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { counted } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { AddLine } from '../../ui/add-line.tsx'
import { Empty } from '../../ui/empty.tsx'
import panel from '../../ui/panel.module.css'
import { RequirementRow } from './requirement-row.tsx'
import { requirementLines } from './scope-model.ts'

/** The list of requirements: one line is one requirement, and typing is the interface. */
export function Requirements() {
  const design = useDesign()
  const facts = useFacts()
  const run = useRun()
  const lines = requirementLines(design, facts.hints())
  return (
    <section aria-label="Requirements" className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>Requirements</h2>
        <span className={panel.count}>{lines.length}</span>
        <span className={panel.grow} />
        <span className={panel.count}>{counted(facts.hints().length, 'hint')}</span>
      </div>
      {lines.length === 0 ? (
        <Empty title="No requirements yet.">
          <p>
            Write what the system must do in one testable sentence, for example: “The API shall derive the debit account from the
            session.”
          </p>
        </Empty>
      ) : (
        <ul>
          {lines.map(line => (
            <RequirementRow key={line.row.id} line={line} />
          ))}
        </ul>
      )}
      <AddLine
        label="New requirement"
        placeholder="Write a requirement and press Enter, or paste a list"
        focus="new-requirement"
        onAdd={text => run(addSomeRequirements, text)}
      />
    </section>
  )
}
