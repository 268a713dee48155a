import { type ControlRow, rowsOfSlice, testIdOf } from '../gate/control-rows.ts'
import { controlDigest } from '../model/digest.ts'
import { controlOf } from '../model/lookup.ts'
import type { Check, Control, Expression, TableName } from '../model/types.ts'
import { filled, placeOfThreat } from '../prompts/threat-rows.ts'
import { idsOf } from '../support/order.ts'
import type { Ground, Seed } from './seed.ts'

/** For each row of the prompt: the control is there, and a test fails without it. What rows share is asked once. */
export function threatChecks(ground: Ground): readonly Seed[] {
  const rows = rowsOfSlice(ground.slice)
  return [...rows.flatMap(row => rowChecks(ground, row)), ...sharedChecks(ground, rows), ...monitoringChecks(ground, rows)]
}

type ControlCheck = Control['checks'][number]

function rowChecks(ground: Ground, row: ControlRow): readonly Seed[] {
  const control = controlOf(ground.controls, row.mitigation.control)
  const named = (control?.checks ?? []).filter(isAboutRow)
  const own = idsOf(row.mitigation.checks).map(key => ownCheck(row, key))
  const hasTest = [...named, ...idsOf(row.mitigation.checks).map(key => row.mitigation.checks?.[key])].some(
    check => check?.verify?.tests !== undefined,
  )
  return [
    ...named.map(check => namedCheck(ground, row, { control: control as Control, check })),
    ...own,
    ...(hasTest ? [] : [negativeTest(ground, row, control)]),
  ]
}

/** A test or a look belongs to one threat; a scan of the whole change says the same about all of them. */
function isAboutRow(check: ControlCheck): boolean {
  return check.verify === undefined || check.verify.tests !== undefined
}

function namedCheck(ground: Ground, row: ControlRow, { control, check }: { control: Control; check: ControlCheck }): Seed {
  return {
    ...rowSeed(row, [control.id]),
    key: `${control.id}/${check.key}`,
    severity: check.severity ?? severityOf(row),
    statement: said(ground, row, check.statement),
    ...(check.verify ? { verify: withTestId(check.verify, testIdOf(row)) } : {}),
    question: `${said(ground, row, check.statement)} Is it so, wherever ${row.threat.id} could happen?`,
    versions: controlDigest(control),
  }
}

function ownCheck(row: ControlRow, key: string): Seed {
  const check = row.mitigation.checks?.[key]
  return {
    ...rowSeed(row, []),
    key: `own/${key}`,
    severity: severityOf(row),
    statement: check?.statement ?? row.mitigation.statement,
    ...(check?.verify ? { verify: withTestId(check.verify, testIdOf(row)) } : {}),
  }
}

function negativeTest(ground: Ground, row: ControlRow, control: Control | undefined): Seed {
  const what = control ? said(ground, row, control.negativeTest) : row.mitigation.statement
  return {
    ...rowSeed(row, control ? [control.id] : []),
    key: 'negative-test',
    severity: severityOf(row),
    statement: `A test that fails without the control passes: ${what}`,
    verify: { tests: { from: { slot: 'unit' }, match: [`*${testIdOf(row)}*`], min: 1 } },
    ...(control ? { versions: controlDigest(control) } : {}),
  }
}

function sharedChecks(ground: Ground, rows: readonly ControlRow[]): readonly Seed[] {
  const controls = [
    ...new Set(rows.flatMap(row => (row.mitigation.control === undefined ? [] : [row.mitigation.control]))),
  ].sort()
  return controls.flatMap(id => {
    const control = controlOf(ground.controls, id)
    const served = rows.filter(row => row.mitigation.control === id)
    if (!control) return []
    return control.checks
      .filter(check => !isAboutRow(check))
      .map(check => ({
        key: check.key,
        from: [id, ...new Set(served.flatMap(row => [row.threat.id, row.mitigation.id]))],
        group: 'threat' as const,
        severity: check.severity ?? worst(served),
        statement: served[0] ? said(ground, served[0], check.statement) : check.statement,
        ...(check.verify ? { verify: check.verify } : {}),
        builtFrom: served.flatMap(row => rowSeed(row, []).builtFrom),
        versions: controlDigest(control),
      }))
  })
}

/** Grave threats stay watched after the change is merged. */
function monitoringChecks(ground: Ground, rows: readonly ControlRow[]): readonly Seed[] {
  return rows.flatMap(row => {
    const control = controlOf(ground.controls, row.mitigation.control)
    const level = row.state.inherent?.level
    if (!control?.detection || (level !== 'high' && level !== 'critical')) return []
    return [
      {
        ...rowSeed(row, [control.id]),
        key: `${control.id}/detection`,
        group: 'monitoring' as const,
        severity: 'minor' as const,
        statement: `Whoever runs this was told what to watch for: ${control.detection}`,
        versions: controlDigest(control),
      },
    ]
  })
}

function rowSeed(row: ControlRow, more: readonly string[]) {
  const { threat, mitigation } = row
  const built: (readonly [TableName, string])[] = [
    ['threats', threat.id],
    ['mitigations', mitigation.id],
    ...idsOf(threat.findings).map(id => ['triage', id] as const),
    ...idsOf(threat.elements).map(id => ['elements', id] as const),
    ...idsOf(threat.flows).map(id => ['flows', id] as const),
  ]
  return { from: [threat.id, mitigation.id, ...more], group: 'threat' as const, builtFrom: built }
}

/** The test may bear the id that the prompt asked for, whatever else the pack recognises it by. */
function withTestId(verify: Expression, id: string): Expression {
  return verify.tests ? { tests: { ...verify.tests, match: [`*${id}*`, ...verify.tests.match] } } : verify
}

function said({ design, slice }: Ground, { threat }: ControlRow, text: string): string {
  return filled(text, design, { threat, place: placeOfThreat(threat, slice) })
}

/** Unknown risk is treated as high. */
function severityOf(row: ControlRow): Check['severity'] {
  const level = row.state.inherent?.level
  return level === 'low' ? 'minor' : level === 'medium' ? 'major' : 'blocker'
}

function worst(rows: readonly ControlRow[]): Check['severity'] {
  const severities = rows.map(severityOf)
  return severities.includes('blocker') ? 'blocker' : severities.includes('major') ? 'major' : 'minor'
}
