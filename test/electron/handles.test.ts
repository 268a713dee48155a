import { expect, test } from 'vitest'
import { newHandles } from '../../electron/handles.ts'

function counted() {
  let next = 0
  return newHandles(() => `h${next++}`)
}

test('a handle leads back to its folder, says nothing of it, and is worth nothing made up', () => {
  const handles = counted()
  const handle = handles.grant('/home/me/design')
  expect(handle).not.toContain('home')
  expect(handles.folderOf(handle)).toBe('/home/me/design')
  for (const made of ['h1', '/home/me/design', '', '__proto__', 0, null, undefined, {}, [handle]])
    expect(handles.folderOf(made)).toBeUndefined()
})

test('only the last sixty-four are remembered', () => {
  const handles = counted()
  const granted = Array.from({ length: 100 }, (_, index) => handles.grant(`/d/${index}`))
  expect(granted.filter(handle => handles.folderOf(handle) !== undefined)).toEqual(granted.slice(36))
})
