import { describe, expect, test } from 'vitest'
import { categoryOf, decisionOf, isDefaultText, isDefaultTitle } from '../../../core/interop/threat-dragon/words.ts'

describe('types become categories', () => {
  test.each([
    [undefined, undefined, undefined],
    ['Spoofing', 'STRIDE', 'spoofing'],
    ['information DISCLOSURE', undefined, 'informationDisclosure'],
    ['Elevation-of-privilege', 'Generic', 'elevationOfPrivilege'],
    ['Erhöhung von Rechten', 'STRIDE', 'elevationOfPrivilege'],
    ['Nichtanerkennung', 'STRIDE', 'repudiation'],
    ['Usurpation d’identité', 'STRIDE', 'spoofing'],
    ['Falsification', 'STRIDE', 'tampering'],
    ['Falsificação', 'STRIDE', 'spoofing'],
    ['Tampering / Manipulación', 'STRIDE', 'tampering'],
    ['Αποποίηση (Repudiation)', 'STRIDE', 'repudiation'],
    ['Αναβάθμιση προνομίων (Elevation of Priviledge)', 'STRIDE', 'elevationOfPrivilege'],
    ['Denial of service إنكار الخدمة', 'STRIDE', 'denialOfService'],
    ['サービス拒否', 'STRIDE', 'denialOfService'],
    ['权限提升', 'STRIDE', 'elevationOfPrivilege'],
    ['छेड़छाड़', 'STRIDE', 'tampering'],
    ['Penafian Perkhidmatan', 'STRIDE', 'denialOfService'],
    ['Integrity', 'CIA', 'tampering'],
    ['Confidentialité', 'CIA', 'informationDisclosure'],
    ['Confidentiality - Confidencialidad', 'CIA', 'informationDisclosure'],
    ['Availability', undefined, 'denialOfService'],
    ['Availability', 'STRIDE', undefined],
    ['Tampering', 'CIA', undefined],
    ['信息泄露', 'LINDDUN', undefined],
    ['Non-repudiation', 'LINDDUN', undefined],
    ['Non-repudiation', undefined, undefined],
    ['Distributed', 'DIE', undefined],
    ['Security', 'PLOT4ai', undefined],
    ['Generic', 'Generic', undefined],
    ['toString', undefined, undefined],
  ])('%s of %s is %s', (type, modelType, category) => {
    expect(categoryOf(type, modelType)?.category).toBe(category)
  })

  test('what the file says in STRIDE is told from what follows from it', () => {
    expect(categoryOf('Tampering', 'STRIDE')?.isStride).toBe(true)
    expect(categoryOf('Integrity', 'CIA')?.isStride).toBe(false)
  })
})

test.each([
  [undefined, 'open'],
  ['Open', 'open'],
  ['Not Applicable', 'notApplicable'],
  ['N/A', 'notApplicable'],
  ['mitigated', 'mitigated'],
  ['Eliminated', 'avoid'],
  ['constructor', 'unclear'],
  ['offen', 'unclear'],
])('status %s is %s', (status, decision) => {
  expect(decisionOf(status)).toBe(decision)
})

test('texts nobody wrote are known in every language that has its own', () => {
  expect(isDefaultText('Provide a  description for this threat\n')).toBe(true)
  expect(isDefaultText('为这种威胁提供缓解或预防措施')).toBe(true)
  expect(isDefaultText('Provide a description')).toBe(false)
  expect(isDefaultTitle('New STRIDE threat')).toBe(true)
  expect(isDefaultTitle('New threat')).toBe(true)
  expect(isDefaultTitle('New threat to the shop')).toBe(false)
})
