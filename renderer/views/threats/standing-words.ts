import type { Standing } from '../../../core/mitigations/standing.ts'
import { t } from '../../words/translate.ts'

/** What a standing is called on its tab. */
export function standingName(standing: Standing | 'all'): string {
  return {
    all: t('All'),
    triage: t('To triage'),
    later: t('May wait'),
    open: t('Real, open'),
    mitigated: t('Mitigated'),
    accepted: t('Accepted'),
    notApplicable: t('Not applicable'),
    duplicate: t('Duplicates'),
    kept: t('Kept back'),
    gone: t('Gone'),
  }[standing]
}

/** What the rows of a tab have in common, in one sentence. */
export function standingNote(standing: Standing | 'all'): string {
  return {
    all: t('Everything the rules found and everything written by hand.'),
    triage: t('They ask for an answer now, and the gate waits for each.'),
    later: t('No boundary crossed, no sensitive data, nothing exposed. May be decided in bulk.'),
    open: t('Judged real, and nothing is done about it yet.'),
    mitigated: t('Something will be done, or is done, about each.'),
    accepted: t('Accepted, transferred or avoided, in somebody’s name.'),
    notApplicable: t('Cannot happen here, each with a reason.'),
    duplicate: t('Another finding already says this.'),
    kept: t('Something asserted in the model answers them. They ask again when that is withdrawn.'),
    gone: t('Nothing finds them any more. Their decisions are kept until you restore or reassign them.'),
  }[standing]
}

/** What stands where a tab has no rows. */
export function standingEmpty(standing: Standing | 'all'): string {
  return {
    all: t('The rules found nothing. The map below says why, cell by cell.'),
    triage: t('Every finding that asks for an answer now has one.'),
    later: t('Nothing waits.'),
    open: t('Nothing real is without an answer.'),
    mitigated: t('Nothing is mitigated yet. Mitigations are chosen in step 4.'),
    accepted: t('No risk is accepted.'),
    notApplicable: t('Nothing was dismissed.'),
    duplicate: t('No finding repeats another.'),
    kept: t('Nothing asserted in the model keeps a finding back.'),
    gone: t('No decision has lost what it was about.'),
  }[standing]
}
