import type { DrawnThreat } from '../reading/drawing.ts'
import { type Foreign, foreignOf, type Place } from '../reading/foreign.ts'
import { fitting, idOf, lineOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { ourKeys, oursIn } from './ours.ts'
import { categoryOf, decisionOf, isDefaultText, isDefaultTitle, type Typed, wordFor } from './words.ts'

/** The threats of one cell; both versions write them alike. */
export function threatsOf(threats: readonly unknown[], place: Place): readonly DrawnThreat[] {
  return threats.flatMap((value, i) => {
    const raw = recordOf(value)
    const here = { ...place, at: `${place.at}/${i}` }
    if (raw) return [threatOf(raw, here)]
    place.report.losses.push({ at: here.at, what: 'A threat', why: 'It is no object: nothing can be read from it.' })
    return []
  })
}

function threatOf(raw: Raw, place: Place): DrawnThreat {
  const type = lineOf(raw.type, 400)
  const typed = categoryOf(type, lineOf(raw.modelType, 100))
  const description = ownText(raw.description)
  const title = lineOf(raw.title, 4000)
  const { id: ownId, answers: ownAnswers, owner } = oursIn(raw)
  const status = lineOf(raw.status, 400)
  const isTitled = title !== undefined && !isDefaultTitle(title)
  const statement = isTitled ? title : (lineOf(description, 4000) ?? title)
  tellTypes(type, typed, place)
  return {
    place: place.at,
    originalId: idOf(raw.id) ?? idOf(raw.threatId),
    ownId,
    ownAnswers,
    owner: lineOf(owner, 400),
    statement,
    description: description === statement && (ownId === undefined || !isTitled) ? undefined : description,
    categories: typed ? [typed.category] : [],
    decision: decisionOf(status),
    answer: ownText(raw.mitigation),
    status,
    foreign: keptOf(raw, { typed, statement }, place),
  }
}

/** Severity stays foreign: one word cannot be split into likelihood and impact without inventing one of them. */
function keptOf(
  raw: Raw,
  { typed, statement }: { typed: Typed | undefined; statement: string | undefined },
  place: Place,
): Foreign | undefined {
  const texts = fitting(raw, { status: 400, description: 100_000, mitigation: 100_000 })
  const used = new Set(['id', 'threatId', 'new', '$$hashKey', ...ourKeys(raw), ...texts])
  if (raw.title === statement || raw.title === null || raw.title === '') used.add('title')
  for (const key of ['type', 'modelType', 'severity', 'score', 'ruleId']) if (raw[key] === '' || raw[key] === null) used.add(key)
  if (typed?.isStride && raw.type === wordFor(typed.category)) used.add('type')
  if (typed?.isStride && raw.modelType === 'STRIDE') used.add('modelType')
  if (!used.has('severity') && raw.severity !== undefined)
    tally(place.report, place.at, {
      what: count => `Severity of ${many(count, 'threat')}`,
      why: 'One word says neither likelihood nor impact: kept under foreign; estimate both.',
    })
  return foreignOf(raw, used, place)
}

/** Text a person wrote; the texts Threat Dragon starts with say nothing. */
function ownText(value: unknown): string | undefined {
  const text = textOf(value)
  return text === undefined || isDefaultText(text) ? undefined : text
}

function tellTypes(type: string | undefined, typed: Typed | undefined, place: Place): void {
  if (!typed)
    tally(place.report, place.at, {
      what: count => `Type of ${many(count, 'threat')}`,
      why:
        type === undefined
          ? 'None is stated: choose a category.'
          : 'It is no STRIDE value: kept under foreign; choose a category.',
    })
  else if (!typed.isStride)
    tally(place.report, place.at, {
      what: count => `Type of ${many(count, 'threat')}`,
      why: 'It names the property that is lost (CIA); the category here is the STRIDE value of that loss.',
    })
}
