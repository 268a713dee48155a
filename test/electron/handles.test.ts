import { expect, test } from 'vitest'
import { newHandles } from '../../electron/handles.ts'

function counted() {
  let next = 0
  return newHandles(() => `h${next++}`)
}

test('a handle leads back to its folder, says nothing of it, and is worth nothing made up', () => {
  const handles = counted()
  const handle = handles.grant('design', '/home/me/design')
  expect(handle).not.toContain('home')
  expect(handles.pathOf('design', handle)).toBe('/home/me/design')
  for (const made of ['h1', '/home/me/design', '', '__proto__', 0, null, undefined, {}, [handle]])
    expect(handles.pathOf('design', made)).toBeUndefined()
})

test('only the last sixty-four are remembered', () => {
  const handles = counted()
  const granted = Array.from({ length: 100 }, (_, index) => handles.grant('design', `/d/${index}`))
  expect(granted.filter(handle => handles.pathOf('design', handle) !== undefined)).toEqual(granted.slice(36))
})
