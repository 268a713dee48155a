import type { NodeChange } from '@xyflow/react'
import { useCallback, useState } from 'react'
import { type MovedBox, moveBoxes } from '../commands/definitions/model.ts'
import { useRun } from '../state/use-commands.ts'
import type { BoxNode, Held } from './nodes.ts'
import type { Scene } from './scene.ts'

const NOTHING: Held = new Map()

/** Boxes the pointer holds: they follow it here and are written once, when it lets go. */
export function useHeld(scene: Scene, selection: ReadonlySet<string>) {
  const [held, setHeld] = useState<Held>(NOTHING)
  const run = useRun()
  const onPlaces = useCallback(
    (changes: readonly NodeChange<BoxNode>[]) => {
      const next = new Map<string, Place>(held)
      let isOver = false
      for (const change of changes) {
        if (change.type === 'position' && change.position) {
          next.set(change.id, { ...next.get(change.id), ...change.position })
          isOver ||= change.dragging === false
        }
        if (change.type === 'dimensions' && change.dimensions && change.resizing !== undefined) {
          const box = scene.box.get(change.id)
          const at = next.get(change.id) ?? { x: box?.x ?? 0, y: box?.y ?? 0 }
          next.set(change.id, { ...at, ...change.dimensions })
          isOver ||= change.resizing === false
        }
      }
      takeAlong(scene, selection, next)
      if (isOver) {
        const moved = reallyMoved(scene, next)
        setHeld(NOTHING)
        if (moved.length > 0) run(moveBoxes, moved)
      } else if (next.size > 0) setHeld(next)
    },
    [scene, held, selection, run],
  )
  return { held, onPlaces }
}

type Place = { readonly x: number; readonly y: number; readonly width?: number; readonly height?: number }

/** What is selected goes where the held one goes, also what is not mounted and so unknown to the canvas library. */
function takeAlong(scene: Scene, selection: ReadonlySet<string>, held: Map<string, Place>): void {
  const lead = [...held].find(([id, place]) => selection.has(id) && place.width === undefined)
  const from = lead && scene.box.get(lead[0])
  if (!lead || !from) return
  const [dx, dy] = [lead[1].x - from.x, lead[1].y - from.y]
  for (const id of selection) {
    const box = scene.box.get(id)
    if (box && id !== lead[0]) held.set(id, { x: box.x + dx, y: box.y + dy })
  }
}

function reallyMoved(scene: Scene, held: ReadonlyMap<string, Place>): readonly MovedBox[] {
  return [...held].flatMap(([id, place]) => {
    const box = scene.box.get(id)
    if (!box) return []
    const moved = { id, x: Math.round(place.x), y: Math.round(place.y), ...sizeOf(place) }
    const isSame = moved.x === box.x && moved.y === box.y && !('width' in moved)
    return isSame ? [] : [moved]
  })
}

function sizeOf(place: Place) {
  return place.width !== undefined && place.height !== undefined
    ? { width: Math.round(place.width), height: Math.round(place.height) }
    : {}
}
