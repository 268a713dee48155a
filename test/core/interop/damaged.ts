import fc from 'fast-check'
import { expect } from 'vitest'
import type { Design } from '../../../core/model/types.ts'
import type { Result } from '../../../core/support/result.ts'
import { expectSound } from './imported.ts'
import { mutated, mutations } from './mutations.ts'

type Read = (text: string) => Result<{ readonly design: Design }> | undefined

/** Files with some values changed at random must become a sound design or one problem with a cure; undefined is no case for the reader. */
export function expectSoundOrRefused(
  files: readonly unknown[],
  { read, numRuns }: { readonly read: Read; readonly numRuns: number },
) {
  fc.assert(
    fc.property(fc.nat(files.length - 1), mutations, (which, changes) => {
      const result = read(mutated(files[which], changes))
      if (result?.ok) expectSound(result.value.design)
      else if (result) {
        expect(result.problems).toHaveLength(1)
        expect(result.problems[0].cure).toBeTruthy()
      }
    }),
    { numRuns },
  )
}
