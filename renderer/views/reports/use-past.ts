import { useMemo } from 'react'
import { parseBundle } from '../../../core/model/parse.ts'
import type { Design } from '../../../core/model/types.ts'
import type { PastAsked, PastDesign } from '../../../host/contract.ts'
import { type HostRead, useHostRead } from '../../state/use-host-read.ts'
import { useRested } from '../../state/use-rested.ts'
import { useDesign } from '../../state/workbench.ts'

/** Milliseconds that nobody edited before what compares with now is derived again. */
const REST = 500

/** A past state, and what the host said of it; nothing is asked without a question. */
export function usePast(asked: PastAsked | undefined): {
  readonly read: HostRead<PastDesign>
  readonly design: Design | undefined
} {
  const read = useHostRead('design.past', asked, '')
  const bundle = asked && read.kind === 'read' && !read.isStale && read.value.kind === 'rebuilt' ? read.value.bundle : undefined
  const design = useMemo(() => {
    const parsed = bundle === undefined ? undefined : parseBundle('design.past', bundle)
    return parsed?.ok ? parsed.value : undefined
  }, [bundle])
  return { read, design }
}

/** The design as it is now, once nobody edits it for a moment. */
export function useRestedDesign(): Design {
  const now = useDesign()
  return useRested(now, REST) ?? now
}
