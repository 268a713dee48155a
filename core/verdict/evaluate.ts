import type { Check, Expression } from '../../schemas/generated/types.ts'
import { shownList } from '../evidence/show.ts'
import type { EvidenceItem } from '../evidence/types.ts'
import { digestOf } from '../model/digest.ts'
import { by } from '../support/order.ts'
import { answersTo } from './answers.ts'
import type { JudgedChecklist, Scene, VerdictContext } from './context.ts'
import { asksPerson, judgeExpression } from './expression.ts'
import { allOf, type Judgement, open } from './judgement.ts'
import {
  type ChangeLine,
  type CheckVerdict,
  countsOf,
  type EvidenceLine,
  overallVerdict,
  type Part,
  type VerdictRecord,
} from './record.ts'
import { integrityOf, remarksOf } from './remarks.ts'
import { ONE_REVIEWER, refusalIn } from './signoff.ts'
import { waiverOf } from './waivers.ts'

/** Judges every check of a checklist. Pure: the same checklist, evidence and context give the same record, byte for byte. */
export function evaluateChecklist(
  checklist: JudgedChecklist,
  evidence: readonly EvidenceItem[],
  context: VerdictContext,
): VerdictRecord {
  const items = [...evidence].sort(by(item => item.file))
  const checks = checklist.checks.map(check => judgeCheck({ check, checklist, evidence: items, context }))
  const counts = countsOf(checks)
  const record = {
    format: 1 as const,
    verdict: overallVerdict(counts),
    at: context.at,
    workItem: checklist.workItem,
    checklist: checklist.id,
    checklistDigest: digestOf(checklist),
    slice: checklist.slice,
    design: context.design,
    policy: context.policy,
    ...(context.basis === undefined ? {} : { basis: context.basis }),
    change: changeLine(context.change),
    checks,
    counts,
    evidence: items.map(evidenceLine),
    ...(context.waivers && context.waivers.length > 0 ? { waivers: context.waivers } : {}),
    ...(context.provenance ? { provenance: context.provenance } : {}),
    ...(context.raised && context.raised.length > 0 ? { raised: context.raised } : {}),
    integrity: integrityOf(items, context),
    problems: remarksOf(checklist, items, context),
  }
  return { ...record, digest: digestOf(record) }
}

function judgeCheck(scene: Scene): CheckVerdict {
  const { check } = scene
  const parts: Part[] = []
  const judgement = knownToPrompt(
    judgeParts(scene, part => parts.push(part)),
    scene,
  )
  const waiver = waiverOf(scene)
  const { id, statement, severity, from } = check
  const head = { id, statement, severity, from, digest: digestOf(check) }
  if (waiver)
    return {
      ...head,
      verdict: waiver.kind,
      reason: waiver.kind,
      sentence: `Set aside by ${shownList(waiver.by)} until ${waiver.until}: ${waiver.reason}`,
      evidence: waiver.evidence,
      selfReported: false,
      parts,
    }
  const { verdict, reason, sentence, evidence, selfReported } = judgement
  return { ...head, verdict, reason, sentence, evidence, selfReported, parts }
}

/**
 * What was made from a prompt that did not know the design as it is now shows nothing about it, though tests of the same name pass. A
 * person who answers looks at the design of now, and so is believed.
 */
function knownToPrompt(judgement: Judgement, { check, checklist, context }: Scene): Judgement {
  if (judgement.verdict !== 'pass' || check.how !== 'machine') return judgement
  const drifted = check.from.filter(id => id !== checklist.workItem && context.promptDrift?.includes(id))
  if (drifted.length === 0) return judgement
  const { evidence, selfReported } = judgement
  const sentence = `${shownList(drifted)} changed after the last prompt of this work item was issued. ${judgement.sentence}`
  return open('stale-model', sentence, { evidence, selfReported })
}

/** Any person's no stops a check, also one that a machine decides. */
function judgeParts(scene: Scene, note: (part: Part) => void): Judgement {
  const expression = expressionOf(scene.check)
  if (!expression) return open('missing', 'The check has no predicate, so no machine can decide it.')
  const judgement = judgeExpression(expression, scene, note)
  const refusal = refusalIn(answersTo(scene), scene)
  return refusal && judgement.verdict !== 'fail' ? allOf([refusal, judgement]) : judgement
}

/** What a check asks; one that a person decides always asks a person. */
export function expressionOf({ how, verify }: Pick<Check, 'how' | 'verify'>): Expression | undefined {
  if (how === 'machine' || (verify && asksPerson(verify))) return verify
  const signoff = { signoff: ONE_REVIEWER }
  return verify ? { all: [verify, signoff] } : signoff
}

function changeLine({ source, digest, commit, tree, base, files }: ChangeLine): ChangeLine {
  return {
    source,
    ...(digest === undefined ? {} : { digest }),
    ...(commit === undefined ? {} : { commit }),
    ...(tree === undefined ? {} : { tree }),
    ...(base === undefined ? {} : { base }),
    ...(files === undefined ? {} : { files }),
  }
}

function evidenceLine({ file, slot, digest, reading, binding }: EvidenceItem): EvidenceLine {
  return {
    file,
    slot,
    digest,
    format: reading.ok ? reading.value.format : 'unreadable',
    binding: binding.state,
    reported: binding.reported,
    sentence: binding.sentence,
  }
}
