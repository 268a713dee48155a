import type { Requirement } from '../../model/types.ts'
import { type Building, provenanceFor } from '../reading/building.ts'
import { type Foreign, keptForeign } from '../reading/foreign.ts'
import { defined, lineOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Named } from './sections.ts'

/** A name and its text as one sentence; the text apart when it does not fit into one line, and what is no text under foreign. */
function wordsOf(building: Building, { name, value, at }: Named) {
  const said = textOf(value)
  const line = lineOf(value, 3500)
  const title = lineOf(name, 400)
  const isWhole = value === null || value === '' || (typeof value === 'string' && value.trim() === said)
  const foreign: Foreign | undefined = isWhole ? undefined : keptForeign({ text: value }, { at, report: building.report })
  return {
    statement: [title, line].filter(part => part !== undefined).join(': '),
    description: said === line ? undefined : said,
    provenance: provenanceFor(building, lineOf(name, 1000)),
    foreign,
  }
}

/** What the file demands, as drafts: it does not say that anybody approved one. */
export function requirementsOf(building: Building, named: readonly Named[]): Readonly<Record<string, Requirement>> {
  return Object.fromEntries(
    named.map(one => {
      const id = building.idFor('R', building.model, '/security_requirements', one.name)
      const { statement, ...words } = wordsOf(building, one)
      const row = { id, statement: statement === '' ? 'Unnamed requirement' : statement, ...words }
      return [id, defined({ ...row, kind: 'security' as const, status: 'draft' as const })]
    }),
  )
}

/** An abuse case says what an attacker does and why, which is a threat; a requirement would say what the system does about it. */
export function addAbuseCases(building: Building, named: readonly Named[]): void {
  for (const one of named) {
    const id = building.idFor('T', building.model, '/abuse_cases', one.name)
    const { statement, ...words } = wordsOf(building, one)
    building.threats[id] = defined({
      id,
      statement: statement === '' ? 'Unnamed abuse case' : statement,
      categories: {},
      ...words,
    })
    tally(building.report, one.at, {
      what: count => `Category, place, likelihood and impact of ${many(count, 'abuse case')}`,
      why: 'The format has none of them for an abuse case, which became a threat: choose a category, link what it hits and estimate it.',
    })
  }
}

/** A question that somebody answered is taken as true; one without an answer is a question still. Answers those. */
export function addQuestions(building: Building, named: readonly Named[]): Foreign {
  const open: Named[] = []
  for (const one of named) {
    const answer = lineOf(one.value, 3500)
    const question = lineOf(one.name, 400)
    if (answer === undefined || question === undefined) open.push(one)
    else {
      const id = building.idFor('A', building.model, '/questions', one.name)
      const { statement: _, ...words } = wordsOf(building, one)
      building.assumptions[id] = defined({ id, statement: `${question} ${answer}`, ...words })
    }
  }
  if (open.length > 0) tellOpen(building, open)
  return Object.fromEntries(open.map(({ name, value }) => [name, value]))
}

function tellOpen({ report }: Building, open: readonly Named[]): void {
  const some = open.slice(0, 3).map(({ name }) => `"${(lineOf(name, 120) ?? '').slice(0, 120)}"`)
  report.problems.push({
    code: 'import.question',
    severity: 'warning',
    at: 'design',
    message: `The file asks ${many(open.length, 'question')} without an answer: ${some.join(', ')}${open.length > some.length ? ' and more' : ''}.`,
    cure: 'Answer them, and write each answer down as an assumption or a requirement.',
  })
}
