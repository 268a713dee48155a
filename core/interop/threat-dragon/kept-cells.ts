import { listOf, type Raw, recordOf } from '../reading/json-fields.ts'

/** Drawn texts and shapes that no row carries, as an import kept them with their diagram; what has no shape or id no program opens. */
export function keptCells(kept: unknown): readonly Raw[] {
  return listOf(kept).flatMap(value => {
    const cell = recordOf(value)
    return cell && isCell(cell) ? [completed(cell)] : []
  })
}

function isCell({ id, shape }: Raw): boolean {
  return typeof id === 'string' && id.length > 1 && typeof shape === 'string'
}

function completed(cell: Raw): Raw {
  const data = recordOf(cell.data)
  const name = typeof data?.name === 'string' ? data.name : ''
  return {
    ...cell,
    ...(cell.shape === 'td-text-block' ? { attrs: { text: { text: name } } } : {}),
    zIndex: Number.isSafeInteger(cell.zIndex) ? cell.zIndex : 0,
    data: {
      ...data,
      type: typeof data?.type === 'string' ? data.type : 'tm.Text',
      hasOpenThreats: data?.hasOpenThreats === true,
    },
  }
}

/** Ids of the threats that hang on kept cells: they go out with them. */
export function keptThreatIds(kept: unknown): readonly string[] {
  return keptCells(kept).flatMap(cell =>
    listOf(recordOf(cell.data)?.threats).flatMap(threat => {
      const id = recordOf(threat)?.id
      return typeof id === 'string' ? [id] : []
    }),
  )
}
