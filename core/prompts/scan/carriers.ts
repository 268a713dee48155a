import { hiddenIn } from '../../targets/hidden.ts'
import { entropyOf } from './entropy.ts'
import type { Found } from './found.ts'

/** Things that carry instructions past a reader: what cannot be seen, and what cannot be read. */
export function carriersIn(text: string): readonly Found[] {
  const hidden = [...new Set(hiddenIn(text))]
  const seen: readonly Found[] =
    hidden.length === 0
      ? []
      : [
          {
            code: 'scan.hidden',
            severity: 'warning',
            start: 0,
            end: text.length,
            what: `characters that cannot be seen (${hidden.slice(0, 4).join(', ')}${hidden.length > 4 ? ', …' : ''})`,
            cure: 'Delete them; the prompt shows them written out.',
          },
        ]
  return [...seen, ...blobsIn(text)]
}

/** Long runs that only a program reads; thresholds as published by linters of agent instructions. */
export function blobsIn(text: string): readonly Found[] {
  return [...text.matchAll(/[A-Za-z0-9+/_-]{120,}={0,2}/g)]
    .filter(([run]) => entropyOf(run) >= (/^[0-9a-f]+$/i.test(run) ? 3.4 : 4.5))
    .map(match => ({
      code: 'scan.blob',
      severity: 'warning',
      start: match.index,
      end: match.index + match[0].length,
      what: 'a long run of encoded data',
      cure: 'Say what it is instead of pasting it.',
    }))
}
