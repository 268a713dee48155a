import type { Drawing } from '../reading/drawing.ts'
import { keptForeign } from '../reading/foreign.ts'
import { defined, lineOf, textOf } from '../reading/json-fields.ts'
import { many } from '../report.ts'
import { textIn } from './fields.ts'
import type { Parts } from './parts.ts'

const META = '/ThreatModel/MetaInformation'

/** What a file says besides its drawings: what is assumed, who reviewed, notes, and which template it was drawn with. */
export function envelopeOf(parts: Parts): Pick<Drawing, 'assumptions' | 'foreign'> {
  const { meta, knowledge } = parts
  const place = { at: META, report: parts.report }
  const said = (name: string) => {
    const text = textOf(textIn(meta, name))
    return text !== undefined && NOTHING.test(text) ? undefined : text
  }
  tellTemplate(parts)
  const kept = defined({
    reviewer: said('Reviewer'),
    contributors: said('Contributors'),
    externalDependencies: said('ExternalDependencies'),
    notes: notesOf(parts),
    template: Object.keys(knowledge.manifest).length > 0 ? knowledge.manifest : undefined,
  })
  const name = textIn(meta, 'ThreatModelName')
  const whole = name !== undefined && lineOf(name, 400) !== name ? { ...kept, name } : kept
  return {
    assumptions: sentencesOf(said('Assumptions')),
    foreign: Object.keys(whole).length > 0 ? keptForeign(whole, place) : undefined,
  }
}

/** What people write where there is nothing to say. */
const NOTHING = /^(none|n\/?a|nil|-+|tbd|todo)\.?$/i

/** The field for assumptions is one text; each line of it is one of them. */
function sentencesOf(text: string | undefined): readonly string[] {
  const lines = (text ?? '').split('\n').map(line => lineOf(line.replace(/^\s*(?:[-*•]|\d{1,3}[.)])\s+/, ''), 4000))
  return lines.filter(line => line !== undefined)
}

function notesOf({ notes, report }: Parts): readonly object[] | undefined {
  const [first] = notes
  if (!first) return undefined
  report.losses.push({
    at: '/ThreatModel/Notes',
    what: many(notes.length, 'note'),
    why: 'A design has no place for notes: kept under its foreign keys.',
  })
  return notes.map(note =>
    defined({ number: textIn(note, 'Id'), by: textIn(note, 'AddedBy'), at: textIn(note, 'Date'), text: textIn(note, 'Message') }),
  )
}

function tellTemplate({ knowledge: { threatTypes, manifest }, report }: Parts): void {
  if (threatTypes.size === 0) return
  report.losses.push({
    at: '/ThreatModel/KnowledgeBase',
    what: `The rules of its template${manifest.name ? ` "${manifest.name.slice(0, 80)}"` : ''}, ${many(threatTypes.size, 'threat type')}`,
    why: 'A design does not hold rules: add the template (.tb7) with skeptic packs --add.',
  })
}
