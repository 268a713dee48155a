import mermaid from 'mermaid'
import type { DrawAnswer, DrawAsked } from './messages.ts'

/** Texts hold nothing that runs, loads or styles; what they say is drawn with plain SVG text. */
function prepare(dark: boolean): void {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    htmlLabels: false,
    layout: 'dagre',
    flowchart: { htmlLabels: false, useMaxWidth: false },
    theme: dark ? 'dark' : 'neutral',
    deterministicIds: true,
    deterministicIDSeed: 'skeptic',
    maxTextSize: 200_000,
    maxEdges: 5000,
    secure: [
      'secure',
      'securityLevel',
      'startOnLoad',
      'maxTextSize',
      'maxEdges',
      'htmlLabels',
      'layout',
      'theme',
      'themeCSS',
      'themeVariables',
      'fontFamily',
    ],
  })
}

function tell(answer: DrawAnswer): void {
  // The page has no origin that could be named; the window checks that the message comes from this very frame.
  parent.postMessage(answer, '*')
}

async function draw({ draw: drawn, text, dark }: DrawAsked): Promise<void> {
  try {
    prepare(dark)
    const place = document.getElementById('place') ?? undefined
    const { svg } = await mermaid.render(`drawing${drawn}`, text, place)
    tell({ drawn, svg })
  } catch (error) {
    tell({ drawn, error: error instanceof Error ? error.message.slice(0, 500) : 'It could not be drawn.' })
  }
}

addEventListener('message', event => {
  if (event.source === parent && typeof event.data?.draw === 'number') void draw(event.data as DrawAsked)
})
tell({ ready: true })
