import { digestOfText } from '../../../core/model/digest.ts'
import { planSave, writeSave } from '../../../host/node/managed/save-prompt.ts'

/** Runs in a process of its own until it is killed: saves prompt after prompt and acknowledges each that is durable. */
async function saveForEver(root: string, designDir: string, first: number): Promise<void> {
  for (let state = first; ; state++) {
    const text = `${state}\n`
    const files = ['a.md', 'deep/b.md'].map(path => ({ path, text, managed: 'whole' as const }))
    const block = { path: 'AGENTS.md', text, managed: 'block' as const }
    const prompt = { id: 'P-0RD3R', digest: digestOfText(text), target: 'agents', files: [...files, block] }
    const plan = planSave(prompt, { root, designDir })
    if (!plan.ok) throw new Error(plan.problems[0].message)
    if (plan.value.conflicts.length > 0) throw new Error(`conflict: ${JSON.stringify(plan.value.conflicts)}`)
    const written = await writeSave(plan.value)
    if (!written.ok) throw new Error(written.problems[0].message)
    process.stdout.write(`${state}\n`)
  }
}

await saveForEver(process.argv[2] as string, process.argv[3] as string, Number(process.argv[4]))
