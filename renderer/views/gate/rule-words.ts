import { spoken } from '../../words/translate.ts'

/** What the gate asks, by the code of its rule, as something that holds or does not. */
const RULE_NAMES: Readonly<Record<string, string>> = spoken({
  'gate.design.empty': 'design: empty',
  'gate.slice.empty': 'slice: empty',
  'gate.model.broken': 'model: broken',
  'gate.crossing.protocolUnknown': 'crossing: protocol unknown',
  'gate.crossing.encryptionUnknown': 'crossing: encryption unknown',
  'gate.crossing.authenticationUnknown': 'crossing: authentication unknown',
  'gate.crossing.dataUnknown': 'crossing: data unknown',
  'gate.boundary.unresolved': 'boundary: unresolved',
  'gate.exposure.unknown': 'exposure: unknown',
  'gate.data.unclassified': 'data: unclassified',
  'gate.requirement.notApproved': 'requirement: not approved',
  'gate.requirement.noVerification': 'requirement: no verification',
  'gate.requirement.none': 'requirement: none',
  'gate.finding.undecided': 'finding: undecided',
  'gate.decision.hanging': 'decision: hanging',
  'gate.rules.broken': 'rules: broken',
  'gate.threat.undecided': 'threat: undecided',
  'gate.threat.unestimated': 'threat: unestimated',
  'gate.mitigation.unverifiable': 'mitigation: unverifiable',
  'gate.acceptance.expired': 'acceptance: expired',
  'gate.acceptance.notApproved': 'acceptance: not approved',
  'gate.acceptance.expiring': 'acceptance: expiring',
  'gate.ai.unconfirmed': 'AI: unconfirmed',
  'gate.workItem.dangling': 'work item: dangling',
  'gate.workItem.noGlobs': 'work item: no globs',
  'gate.workItem.badGlob': 'work item: bad glob',
  'gate.workItem.wideGlobs': 'work item: wide globs',
  'gate.workItem.noLanguage': 'work item: no language',
  'gate.workItem.tooLarge': 'work item: too large',
  'gate.policy.refuses': 'policy: refuses',
  'gate.policy.locked': 'policy: locked',
  'gate.waiver.void': 'waiver: void',
})

/** A rule's code in words; a code that a newer program wrote is read apart: "gate.crossing.nameUnknown" reads "crossing: name unknown". */
export function ruleWords(code: string): string {
  if (Object.hasOwn(RULE_NAMES, code)) return RULE_NAMES[code] ?? code
  const [, part = '', rest = ''] = code.split('.')
  const spaced = (text: string) => text.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
  return rest ? `${spaced(part)}: ${spaced(rest)}` : spaced(part)
}
