import { describe, expect, test } from 'vitest'
import { applyChanges } from '../../../core/model/change.ts'
import { designDigest } from '../../../core/model/digest.ts'
import { randomFrom } from '../../../core/model/identity.ts'
import { addRemark, openRemarks, resolveRemark } from '../../../core/prompts/remarks.ts'
import { AT, ID, TRANSFERS } from '../gate/transfers.ts'

const stamp = { at: AT, by: 'developer', random: randomFrom('remarks') }
const about = new Set<string>([ID.work])

describe('arguing with a line', () => {
  const added = addRemark(TRANSFERS, { id: ID.work, text: ' The key is made by the client. ' }, stamp)
  const design = added.ok ? applyChanges(TRANSFERS, added.value) : TRANSFERS

  test('is kept at what put the line there, and makes nothing stale', () => {
    expect(openRemarks(design, about)).toMatchObject([{ text: 'The key is made by the client.', by: 'developer' }])
    expect(designDigest(design)).toBe(designDigest(TRANSFERS))
    expect(openRemarks(design, new Set())).toEqual([])
  })

  test('says something, or is refused', () => {
    expect(addRemark(TRANSFERS, { id: ID.work, text: '  ' }, stamp)).toMatchObject({ ok: false })
  })

  test('a person takes it as answered; an AI does not', () => {
    const id = openRemarks(design, about)[0]?.id ?? ''
    const resolved = resolveRemark(design, { id }, stamp)
    expect(resolved.ok && openRemarks(applyChanges(design, resolved.value), about)).toEqual([])
    expect(resolveRemark(design, { id }, { ...stamp, kind: 'ai' })).toMatchObject({ ok: false })
    expect(resolveRemark(design, { id: 'K-N0NE0' }, stamp)).toMatchObject({ ok: false })
  })
})
