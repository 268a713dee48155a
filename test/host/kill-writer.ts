import { applyChanges, type Change } from '../../core/model/change.ts'
import { openFolder, writeChanges } from '../../host/node/store.ts'

/** Runs in a process of its own until it is killed: writes state after state and acknowledges each that is durable. */
async function writeForEver(dir: string): Promise<void> {
  const opened = await openFolder(dir)
  if (!opened.ok) throw new Error(opened.problems[0].message)
  let { design } = opened.value
  for (let state = Number(design.elements['E-0000A']?.name) + 1; ; state++) {
    const next = applyChanges(design, changesOf(state))
    const written = await writeChanges(dir, design, next)
    if (!written.ok) throw new Error(written.problems[0].message)
    design = next
    process.stdout.write(`${state}\n`)
  }
}

function changesOf(state: number): readonly Change[] {
  const named = (id: string): Change => ({
    kind: 'put',
    table: 'elements',
    row: {
      id,
      name: String(state),
      kind: 'process',
      description: 'd'.repeat(5000),
      provenance: { kind: 'human', at: '2026-11-22T16:00:00Z' },
    },
  })
  const coming = state % 2 === 0 ? named('E-0000C') : ({ kind: 'remove', table: 'elements', id: 'E-0000C' } as const)
  return [named('E-0000A'), named('E-0000B'), coming]
}

await writeForEver(process.argv[2] as string)
