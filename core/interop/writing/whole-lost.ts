import { settingsOf } from '../../model/lookup.ts'
import { sizeOf } from '../../model/table.ts'
import type { Design, Settings } from '../../model/types.ts'
import { type Loss, many } from '../report.ts'

/** What the settings say of the design as a whole and a format has no place for. */
export function wholeLost(design: Design, fields: { readonly [field in keyof Settings]?: string }, why: string): readonly Loss[] {
  const settings = settingsOf(design)
  return Object.entries(fields).flatMap(([field, called]) =>
    settings?.[field as keyof Settings] === undefined ? [] : [{ at: `settings/${field}`, what: called, why }],
  )
}

/** All drawn places, for formats that are laid out by whoever shows them. */
export function placesLost(design: Design, why: string): readonly Loss[] {
  const count = sizeOf(design.layout)
  return count === 0 ? [] : [{ at: 'layout', what: `Where ${many(count, 'thing')} ${count === 1 ? 'is' : 'are'} drawn`, why }]
}
