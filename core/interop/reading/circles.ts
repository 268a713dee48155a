import type { Boundary } from '../../model/types.ts'
import type { Building } from './building.ts'

/** Boundaries that lie in each other in a circle: the link that closes it is taken away. Each is walked once. */
export function cutCircles({ boundaries, report }: Building): void {
  const done = new Set<string>()
  for (const start of Object.keys(boundaries)) {
    const path = new Set<string>()
    for (let id: string | undefined = start; id !== undefined && !done.has(id); ) {
      path.add(id)
      const parent: string | undefined = boundaries[id]?.parent
      if (parent !== undefined && path.has(parent)) {
        const { parent: _cut, ...row } = boundaries[id] as Boundary
        boundaries[id] = row
        report.problems.push({
          code: 'import.circle',
          severity: 'warning',
          at: id,
          message: 'By the file, this trust boundary lies inside itself; its parent was left out.',
          cure: 'Say which boundary it lies in.',
        })
        break
      }
      id = parent
    }
    for (const id of path) done.add(id)
  }
}
