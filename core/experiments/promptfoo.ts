import type { Checklist } from '../checklists/derive.ts'
import { shortDigest } from '../model/digest.ts'
import { rowAt } from '../model/table.ts'
import type { Check, Design, WorkItem } from '../model/types.ts'
import { slugOf } from '../prompts/slug.ts'
import { idsOf } from '../support/order.ts'
import { all, ok, type Result, refuse } from '../support/result.ts'
import { ALL_ACTIVE, activeIn } from '../targets/active.ts'
import type { PromptFile } from '../targets/files-for.ts'
import { inert } from '../targets/inert.ts'
import { assertionsOf } from './assertions.ts'
import { type YamlValue, yamlText } from './yaml-text.ts'

export type Experiment = {
  /** As plain Markdown: no tool's own syntax is left in it. */
  readonly prompt: { readonly id: string; readonly digest: string; readonly text: string }
  readonly checklist: Checklist
  /** Models to ask, as promptfoo names them; none: `echo`, which asks nobody. */
  readonly providers: readonly string[]
}

/**
 * A promptfoo configuration that asks for one change twice, plainly and with the guarded prompt, and holds the answers against
 * the machine checks of the checklist, as far as a text can be. The same input gives the same bytes.
 * Source: promptfoo.dev/docs/configuration/reference, November 2026.
 */
export function promptfooFiles(design: Design, from: Experiment): Result<readonly PromptFile[]> {
  const { prompt, checklist } = from
  const item = rowAt(design.workItems, checklist.workItem)
  if (!item)
    return refuse({ code: 'workItem.unknown', at: checklist.workItem, message: `There is no work item ${checklist.workItem}.` })
  const providers = all(from.providers.map(providerOf))
  if (!providers.ok) return providers
  const guarded = untemplated(prompt.text, item.id)
  if (!guarded.ok) return guarded
  const machine = checklist.checks.filter(({ how }) => how === 'machine')
  const text = yamlText(remarks(item, machine), {
    description: `${item.id}: a plain prompt against the guarded prompt ${prompt.id}`,
    prompts: [
      { id: 'plain', label: 'plain', raw: plainPrompt(design, item) },
      { id: 'guarded', label: `guarded ${prompt.id}@${shortDigest(prompt.digest)}`, raw: guarded.value },
    ],
    providers: providers.value.length > 0 ? providers.value : ['echo'],
    evaluateOptions: { repeat: 10, cache: false },
    tests: [
      {
        description: inert(item.name, ALL_ACTIVE),
        metadata: { workItem: item.id, prompt: prompt.id, digest: prompt.digest, slice: checklist.slice },
        assert: machine.flatMap(assertOf),
      },
    ],
  })
  return ok([{ path: `${slugOf(prompt.id, item.name)}/promptfooconfig.yaml`, text, managed: 'whole' }])
}

/** What somebody would write who has only the task: goal, functional requirements, files. */
export function plainPrompt(design: Pick<Design, 'requirements'>, item: WorkItem): string {
  const line = (text: string) => inert(text, ALL_ACTIVE)
  const asked = idsOf(item.requirements).flatMap(id => {
    const row = rowAt(design.requirements, id)
    return row?.kind === 'functional' ? [`- ${line(row.statement)}`] : []
  })
  const files = idsOf(item.mayEdit)
  const known = [item.language, item.stack].filter(text => text !== undefined).map(line)
  return [
    `# ${line(item.name)}`,
    '',
    line(item.goal),
    ...(item.doneWhen === undefined ? [] : ['', `Done when: ${line(item.doneWhen)}`]),
    ...(asked.length > 0 ? ['', ...asked] : []),
    ...(known.length > 0 ? ['', `Written in: ${known.join(', ')}.`] : []),
    ...(files.length > 0 ? ['', `Files to edit: ${files.map(line).join(', ')}.`] : []),
    '',
    'Answer with one unified diff of the change and its tests.',
    '',
  ].join('\n')
}

function assertOf(check: Check): readonly YamlValue[] {
  const assertions = assertionsOf(check) ?? []
  return assertions.map(({ type, value }) => ({
    comments: [inert(check.statement, ALL_ACTIVE).slice(0, 200)],
    of: { type, value, metric: check.id },
  }))
}

function remarks({ id }: WorkItem, machine: readonly Check[]): readonly string[] {
  const left = machine.filter(check => !assertionsOf(check)).map(check => check.id)
  return [
    `Does the guarded prompt of ${id} help? Run it with: npx promptfoo eval`,
    '',
    'Both prompts ask for the same change. Models answer differently each time, so each is asked ten times; compare the shares, not one run.',
    'Can show: how often an answer names the tests that the checklist asks for and stays within the files that may be edited.',
    'Cannot show: that a test exists, runs or passes, that a scanner finds nothing, that the code is right or secure. Nothing is executed.',
    'The guarded prompt names those tests and the plain one does not, so a difference there shows that the wording is followed, no more.',
    'Published studies report 36 to 58 % fewer findings in controlled tests and hardly any effect on tasks in whole repositories:',
    'one work item and one model prove nothing about others.',
    `Whatever the numbers: a change is untrusted until its checklist passes. skeptic verify ${id}`,
    ...(left.length > 0 ? ['', `Machine checks that no text can be held against; they need evidence: ${left.join(', ')}`] : []),
    'The provider "echo" asks no model and gives the prompt back: it shows that the file works. Replace it, or write with --provider.',
  ]
}

function providerOf(id: string): Result<string> {
  if (/^[\x21-\x7e]{1,200}$/.test(id)) return ok(id)
  return refuse({
    code: 'experiment.provider',
    message: 'A provider is named in up to 200 characters without spaces.',
    cure: 'Name it as promptfoo does: --provider openai:gpt-5.',
  })
}

/** promptfoo fills in its own braces; a text that holds some, which only an edit by hand can, is marked as no template. */
function untemplated(text: string, at: string): Result<string> {
  if (activeIn(text, ['template-braces']).length === 0) return ok(text)
  if (!/\{%-?\s*endraw/.test(text)) return ok(`{% raw %}${text}{% endraw %}`)
  return refuse({
    code: 'experiment.braces',
    at,
    message: 'The prompt holds "{% endraw", which promptfoo would act on.',
    cure: 'Take it out of the edit by hand, or use the generated text: --generated.',
  })
}
