import type { NodeChange } from '@xyflow/react'
import { useCallback, useState } from 'react'
import { type MovedBox, moveBoxes } from '../commands/definitions/model.ts'
import { useRun } from '../state/use-commands.ts'
import type { Drawing } from './drawing.ts'
import type { BoxNode, Held } from './nodes.ts'

const NOTHING: Held = new Map()

/** Boxes the pointer holds: they follow it here and are written once, when it lets go. */
export function useHeld(drawing: Drawing) {
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
          const at = next.get(change.id) ?? relativeOf(drawing, change.id)
          next.set(change.id, { ...at, ...change.dimensions })
          isOver ||= change.resizing === false
        }
      }
      if (isOver) {
        const moved = absolute(drawing, next)
        setHeld(NOTHING)
        if (moved.length > 0) run(moveBoxes, moved)
      } else if (next.size > 0) setHeld(next)
    },
    [drawing, held, run],
  )
  return { held, onPlaces }
}

type Place = { readonly x: number; readonly y: number; readonly width?: number; readonly height?: number }

/** Places relative to the box around, as the library speaks, turned into places on the drawing; only what really moved. */
function absolute(drawing: Drawing, held: ReadonlyMap<string, Place>): readonly MovedBox[] {
  const boxes = new Map(drawing.boxes.map(box => [box.id, box]))
  return [...held].flatMap(([id, place]) => {
    const box = boxes.get(id)
    if (!box) return []
    const parent = box.parent === undefined ? undefined : boxes.get(box.parent)
    const heldParent = box.parent === undefined ? undefined : held.get(box.parent)
    const origin = heldParent ?? { x: parent?.x ?? 0, y: parent?.y ?? 0 }
    const moved = { id, x: Math.round(place.x + origin.x), y: Math.round(place.y + origin.y), ...sizeOf(place) }
    const isSame = moved.x === box.x && moved.y === box.y && !('width' in moved)
    return isSame ? [] : [moved]
  })
}

function sizeOf(place: Place) {
  return place.width !== undefined && place.height !== undefined
    ? { width: Math.round(place.width), height: Math.round(place.height) }
    : {}
}

function relativeOf(drawing: Drawing, id: string): Place {
  const box = drawing.boxes.find(one => one.id === id)
  const parent = drawing.boxes.find(one => one.id === box?.parent)
  return { x: (box?.x ?? 0) - (parent?.x ?? 0), y: (box?.y ?? 0) - (parent?.y ?? 0) }
}
