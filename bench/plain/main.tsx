import '@xyflow/react/dist/style.css'
import './plain.css'
import { Background, type Edge, type Node, ReactFlow, useEdgesState, useNodesState } from '@xyflow/react'
import { createRoot } from 'react-dom/client'
import { drawnDesign } from '../window-designs.ts'

const [elements, flows] = location.hash.slice(1).split(',').map(Number) as [number, number]
const design = drawnDesign(elements, flows)
const [diagram] = Object.keys(design.diagrams)

const nodes = Object.values(design.elements).map((element): Node => {
  const { x = 0, y = 0, width = 0, height = 0 } = design.layout[`${diagram}.${element.id}`] ?? {}
  return { id: element.id, position: { x, y }, data: { label: element.name }, style: { width, height } }
})
const edges = Object.values(design.flows).map(
  (flow): Edge => ({ id: flow.id, source: flow.source ?? '', target: flow.target ?? '', label: flow.name }),
)

/** The canvas library with nothing set that it does not ask for: what the workbench is measured against. */
function Plain() {
  const [held, , onNodesChange] = useNodesState(nodes)
  const [lines, , onEdgesChange] = useEdgesState(edges)
  return (
    <ReactFlow nodes={held} edges={lines} onNodesChange={onNodesChange} onEdgesChange={onEdgesChange} fitView minZoom={0.02}>
      <Background />
    </ReactFlow>
  )
}

const place = document.getElementById('root') as HTMLElement
Object.assign(window, { mount: () => createRoot(place).render(<Plain />) })
