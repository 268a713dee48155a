import type { WorkItem } from '../../../core/model/types.ts'
import { useSession } from '../../state/session.ts'
import { useFacts } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Empty } from '../../ui/empty.tsx'
import { ProblemList } from '../../ui/problem-list.tsx'
import { PromptSide } from './prompt-side.tsx'
import { PromptText } from './prompt-text.tsx'
import { promptNow } from './prompts-model.ts'
import styles from './prompts-view.module.css'

/** The guarded prompt of one work item, always readable: behind a closed gate it is a draft and says so. */
export function PromptPane({ item }: { readonly item: WorkItem }) {
  const design = useDesign()
  const facts = useFacts()
  const target = useSession(session => session.target)
  const gate = facts.gateFor(item.id)
  const prompt = promptNow(design, facts.packs, item.id, target, facts.at, gate)
  return (
    <>
      <div className={styles.text}>
        {prompt.ok ? (
          <PromptText prompt={prompt.value} gate={gate} />
        ) : (
          <Empty title="No prompt can be made.">
            <ProblemList problems={prompt.problems} />
          </Empty>
        )}
      </div>
      <PromptSide prompt={prompt.ok ? prompt.value : undefined} gate={gate} />
    </>
  )
}
