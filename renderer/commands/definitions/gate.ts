import { confirmProposed } from '../../../core/gate/confirm.ts'
import type { GateProblem } from '../../../core/gate/evaluate.ts'
import {
  addWaiver,
  choosePreset,
  freshWaiverId,
  nameApprover,
  removeApprover,
  removeWaiver,
  setGateRule,
} from '../../../core/gate/policy-edits.ts'
import type { Preset } from '../../../core/gate/presets.ts'
import type { PolicyWaiver } from '../../../core/gate/waivers.ts'
import { t } from '../../words/translate.ts'
import { type Command, plan, session, write } from '../command.ts'
import { answerOneThreat } from './mitigate.ts'
import { goToObject } from './select.ts'

/** Goes to the place where a problem is cured. */
export const goToProblem: Command<Pick<GateProblem, 'at'> & { readonly fix?: { readonly kind: string; readonly id: string } }> = {
  id: 'gate.goTo',
  category: 'Gate',
  title: 'Go to the problem',
  plan: (context, problem) => {
    const kind = problem.fix?.kind
    if (kind === 'drawModel') return plan(session({ step: 'model', modelView: 'canvas' }), { kind: 'focus', name: 'canvas' })
    if (kind === 'addRequirement') return plan(session({ step: 'scope' }), { kind: 'focus', name: 'new-requirement' })
    if (kind === 'openPolicy') return plan(session({ step: 'gate' }), { kind: 'focus', name: 'policy' })
    if (kind === 'split' && problem.fix)
      return plan(session({ step: 'prompts', workItem: problem.fix.id }), { kind: 'focus', name: 'split' })
    if (kind === 'decideThreat' && problem.fix) return answerOneThreat.plan(context, problem.fix.id)
    const id = problem.fix?.id ?? problem.at
    return id === undefined ? plan(session({ step: 'gate' })) : goToObject.plan(context, id)
  },
}

/** Goes to where the policy is chosen. */
export const openPolicy: Command = {
  id: 'gate.policy',
  category: 'Gate',
  title: 'Choose the policy',
  plan: () => plan(session({ step: 'gate' }), { kind: 'focus', name: 'policy' }),
}

/** Goes to what would open the gate. */
export const openPreview: Command = {
  id: 'gate.preview',
  category: 'Gate',
  title: 'What would open it',
  plan: () => plan(session({ step: 'gate' }), { kind: 'focus', name: 'opening' }),
}

/** Starts from another preset; rules, tools and waivers stay. */
export const choosePolicy: Command<Preset> = {
  id: 'gate.choosePolicy',
  category: 'Gate',
  title: 'Choose a preset',
  plan: ({ design, stamp }, preset) =>
    write(t('choose the policy'), choosePreset(design, { preset }, stamp), { kind: 'say', text: t('The policy is chosen.') }),
}

/** Says what one rule of the gate does in this design. */
export const setOneRule: Command<{ readonly code: string; readonly does: 'block' | 'warn' | 'off' }> = {
  id: 'gate.setRule',
  category: 'Gate',
  title: 'Set a rule',
  plan: ({ design, stamp }, input) => write(t('rule {{code}}', { code: input.code }), setGateRule(design, input, stamp)),
}

/** Lets a rule not count at one place for a while: two people and an end. */
export const waiveRule: Command<PolicyWaiver> = {
  id: 'gate.waive',
  category: 'Gate',
  title: 'Waive a rule',
  plan: ({ design, stamp }, waiver) =>
    write(t('waive {{code}}', { code: waiver.rule }), addWaiver(design, { id: freshWaiverId(design, stamp), waiver }, stamp), {
      kind: 'say',
      text: t('Waived for {{at}} until {{day}}.', { at: waiver.scope, day: waiver.expires }),
    }),
}

/** Takes a waiver away; what it let through is asked again. */
export const removeOneWaiver: Command<string> = {
  id: 'gate.removeWaiver',
  category: 'Gate',
  title: 'Remove a waiver',
  plan: ({ design }, id) =>
    write(t('remove waiver {{id}}', { id }), removeWaiver(design, { id }), {
      kind: 'say',
      text: t('Waiver {{id}} removed; its rule counts again.', { id }),
    }),
}

/** Names somebody who may approve waivers, with the role in which. */
export const nameOneApprover: Command<{ readonly name: string; readonly role: string }> = {
  id: 'gate.nameApprover',
  category: 'Gate',
  title: 'Name who may approve waivers',
  plan: ({ design, stamp }, input) =>
    write(t('name {{name}}', { name: input.name }), nameApprover(design, input, stamp), {
      kind: 'say',
      text: t('{{name}} may approve waivers.', { name: input.name.trim() }),
    }),
}

/** Takes somebody off the list of those who may approve waivers. */
export const removeOneApprover: Command<string> = {
  id: 'gate.removeApprover',
  category: 'Gate',
  title: 'Remove who may approve waivers',
  plan: ({ design }, name) =>
    write(t('remove {{name}}', { name }), removeApprover(design, { name }), {
      kind: 'say',
      text: t('{{name}} may approve waivers no more.', { name }),
    }),
}

/** A person stands behind what an AI proposed, whatever it is. */
export const confirmOne: Command<string> = {
  id: 'gate.confirm',
  category: 'Gate',
  title: 'Confirm what AI proposed',
  plan: ({ design, stamp }, id) =>
    write(t('confirm {{id}}', { id }), confirmProposed(design, { id }, stamp), {
      kind: 'say',
      text: t('{{id}} is confirmed.', { id }),
    }),
}
