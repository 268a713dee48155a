import { createTwoFilesPatch } from 'diff'

/** More lines than a person reads in a terminal. */
const SHOWN = 200

/** What would change in a file, line by line with three around, as git shows it. */
export function fileDiff(path: string, before: string, after: string): string {
  const lines = createTwoFilesPatch(`${path} as it is`, `${path} as it would be written`, before, after, undefined, undefined, {
    context: 3,
  })
    .split('\n')
    .slice(1)
  const left = lines.length - SHOWN
  return left > 0 ? `${lines.slice(0, SHOWN).join('\n')}\n… ${left} more lines\n` : lines.join('\n')
}
