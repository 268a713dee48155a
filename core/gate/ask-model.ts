import { integrityProblems } from '../model/integrity.ts'
import { labelOf } from '../model/lookup.ts'
import type { Ternary } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import type { Asked } from './gate-rules.ts'
import type { Scope } from './scope.ts'

/** What the gate asks of the drawing: nothing missing, nothing unknown where trust changes. */
export function askModel(scope: Scope): readonly Asked[] {
  return [
    ...askEmpty(scope),
    ...askBroken(scope),
    ...askCrossings(scope),
    ...askBoundaries(scope),
    ...askExposure(scope),
    ...askData(scope),
  ]
}

function askEmpty(scope: Scope): readonly Asked[] {
  if (scope.work) {
    if (scope.elements.length > 0) return []
    return [
      {
        code: 'gate.slice.empty',
        at: scope.work.item.id,
        message: 'The work item names no element or flow of the design, so there is nothing to examine.',
        cure: 'Choose the elements or flows that it changes.',
        fix: { kind: 'chooseSlice', id: scope.work.item.id },
      },
    ]
  }
  if (scope.interactions.length > 0) return []
  return [
    {
      code: 'gate.design.empty',
      at: 'design',
      message:
        scope.elements.length === 0
          ? 'The design holds no element, so there is nothing to examine.'
          : 'No flow connects two elements, so there is nothing to examine.',
      cure: 'Draw the elements and the flows between them, or import a model.',
      fix: { kind: 'drawModel', id: 'design' },
    },
  ]
}

const integrityOf = memoLast(integrityProblems)

function askBroken(scope: Scope): readonly Asked[] {
  const inside = scope.work ? new Set([...scope.elements, ...scope.flows, ...scope.boundaries].map(row => row.id)) : undefined
  return integrityOf(scope.design)
    .filter(problem => problem.severity === 'error' && (!inside || inside.has(problem.at ?? '')))
    .map(problem => ({
      code: 'gate.model.broken',
      at: problem.at ?? 'design',
      message: problem.message,
      cure: problem.cure ?? 'Correct the model.',
      fix: { kind: 'open', id: problem.at ?? 'design' },
    }))
}

function askCrossings(scope: Scope): readonly Asked[] {
  const crossed = new Map(scope.interactions.filter(one => one.crossing).map(one => [one.flow, one.crossed]))
  return scope.flows.flatMap(flow => {
    const over = crossed.get(flow.id)
    if (!over) return []
    const where = `${labelOf(scope.design, flow.id)} crosses ${over.map(id => labelOf(scope.design, id)).join(', ')}`
    return [
      ...(flow.protocol === undefined ? [crossing(flow.id, where, PROTOCOL)] : []),
      ...(isUnknown(flow.encryption) ? [crossing(flow.id, where, ENCRYPTION)] : []),
      ...(isUnknown(flow.authentication) ? [crossing(flow.id, where, AUTHENTICATION)] : []),
      ...(Object.keys(flow.data ?? {}).length === 0 ? [crossing(flow.id, where, DATA)] : []),
    ]
  })
}

type Question = { readonly code: string; readonly unknown: string; readonly cure: string; readonly fix: string }

const PROTOCOL: Question = {
  code: 'gate.crossing.protocolUnknown',
  unknown: 'its protocol is unknown',
  cure: 'Set the protocol.',
  fix: 'setProtocol',
}
const ENCRYPTION: Question = {
  code: 'gate.crossing.encryptionUnknown',
  unknown: 'whether it is encrypted is unknown',
  cure: 'Say yes or no.',
  fix: 'setEncryption',
}
const AUTHENTICATION: Question = {
  code: 'gate.crossing.authenticationUnknown',
  unknown: 'whether the ends prove who they are is unknown',
  cure: 'Say yes or no.',
  fix: 'setAuthentication',
}
const DATA: Question = {
  code: 'gate.crossing.dataUnknown',
  unknown: 'no data is named that it carries',
  cure: 'Name the data it carries.',
  fix: 'setData',
}

function crossing(flow: string, where: string, question: Question): Asked {
  return {
    code: question.code,
    at: flow,
    message: `${where}, and ${question.unknown}.`,
    cure: question.cure,
    fix: { kind: question.fix, id: flow },
  }
}

function askBoundaries(scope: Scope): readonly Asked[] {
  return scope.boundaries
    .filter(boundary => boundary.membership === 'unresolved')
    .map(boundary => ({
      code: 'gate.boundary.unresolved',
      at: boundary.id,
      message: `What lies inside ${boundary.name} is not known, so crossings may be missing.`,
      cure: 'Put the elements it encloses into it, or delete it.',
      fix: { kind: 'resolveBoundary', id: boundary.id },
    }))
}

/** Only what talks to the outside is asked about; elsewhere exposure follows from the flows. */
function askExposure(scope: Scope): readonly Asked[] {
  const elements = scope.design.elements
  const facing = new Set(
    scope.interactions.flatMap(({ source, target }) =>
      elements[source]?.kind === 'externalEntity' ? [target] : elements[target]?.kind === 'externalEntity' ? [source] : [],
    ),
  )
  return scope.elements
    .filter(
      element => facing.has(element.id) && element.kind !== 'externalEntity' && isUnknown(element.attributes?.exposedToInternet),
    )
    .map(element => ({
      code: 'gate.exposure.unknown',
      at: element.id,
      message: `${element.name} talks to an external entity, and whether it is exposed to the internet is unknown.`,
      cure: 'Say yes or no.',
      fix: { kind: 'setExposure', id: element.id },
    }))
}

function askData(scope: Scope): readonly Asked[] {
  return scope.data
    .filter(data => data.class === undefined)
    .map(data => ({
      code: 'gate.data.unclassified',
      at: data.id,
      message: `${data.name} has no class.`,
      cure: 'Choose D0 to D4.',
      fix: { kind: 'setClass', id: data.id },
    }))
}

function isUnknown(value: Ternary | undefined): boolean {
  return value === undefined || value === 'unknown'
}
