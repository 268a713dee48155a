import { ROW_LIMIT } from '../../gate/control-rows.ts'
import { error, type LintRule } from './input.ts'

/** An edit by hand rewords what is asked for; what is no longer asked for is decided in the design, where it is seen. */
export const gp21Kept: LintRule = ({ isEdited, text, slice, rows }) => {
  if (!isEdited) return []
  const heading = /^#+ .*\boutput\b.*$/im.exec(text)
  const asked = heading ? text.slice(0, heading.index) : text
  const needed = new Set([...slice.requirements, ...rows.slice(0, ROW_LIMIT).flatMap(row => [row.threat.id, row.mitigation.id])])
  return [...needed]
    .filter(id => !asked.includes(id))
    .map(id =>
      error(id, {
        code: 'GP21',
        message: `The edit by hand takes ${id} out of the prompt.`,
        cure: 'Put it back, or decide in the design that it is not needed here.',
      }),
    )
}
