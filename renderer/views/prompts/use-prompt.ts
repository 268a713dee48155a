import type { Prompt } from '../../../core/prompts/make.ts'
import type { Result } from '../../../core/support/result.ts'
import { promptNow } from '../../state/prompt-now.ts'
import { useSession } from '../../state/session.ts'
import { useFacts } from '../../state/use-commands.ts'
import { useHostRead } from '../../state/use-host-read.ts'
import { useDesign } from '../../state/workbench.ts'

/**
 * The prompt as it would be issued now; undefined while the host makes it. Ours is made here at once; a template of the team is run by
 * the host and never in this page.
 */
export function usePrompt(workItem: string): Result<Prompt> | undefined {
  const design = useDesign()
  const facts = useFacts()
  const target = useSession(session => session.target)
  const template = useSession(session => session.template)
  const turn = useSession(session => session.templateTurn)
  const save = useSession(session => (session.save.kind === 'saved' ? session.save.at : ''))
  const asked = template === undefined ? undefined : { workItem, target, template }
  // Made from what the host has: again once it has saved the last change.
  const read = useHostRead('prompt.read', asked, `${turn} ${save}`)
  if (template === undefined) return promptNow(design, facts.packs, workItem, target, facts.at, facts.gateFor(workItem))
  if (read.kind === 'reading') return undefined
  if (read.kind === 'read') return isOf(read.value, asked) ? { ok: true, value: read.value } : undefined
  const [first, ...rest] = read.problems
  return first ? { ok: false, problems: [first, ...rest] } : undefined
}

/** An answer to the question before is not shown under this one. */
function isOf({ target, template }: Prompt, asked: { readonly target: string; readonly template: string } | undefined): boolean {
  return target === asked?.target && template?.name === asked.template
}
