import type { AnyCommand } from './command.ts'
import * as app from './definitions/app.ts'
import * as approve from './definitions/approve.ts'
import * as checklist from './definitions/checklist.ts'
import * as conflicts from './definitions/conflicts.ts'
import * as evidence from './definitions/evidence.ts'
import * as exclusions from './definitions/exclusions.ts'
import * as frameworks from './definitions/frameworks.ts'
import * as gate from './definitions/gate.ts'
import * as history from './definitions/history.ts'
import * as home from './definitions/home.ts'
import * as importing from './definitions/import.ts'
import * as remap from './definitions/keys.ts'
import * as mermaid from './definitions/mermaid.ts'
import * as mitigate from './definitions/mitigate.ts'
import * as model from './definitions/model.ts'
import * as clipboard from './definitions/model-clipboard.ts'
import * as keys from './definitions/model-keys.ts'
import * as look from './definitions/model-look.ts'
import * as monitoringDeeds from './definitions/monitoring.ts'
import * as packs from './definitions/packs.ts'
import * as edit from './definitions/prompt-edit.ts'
import * as promptFiles from './definitions/prompt-files.ts'
import * as prompts from './definitions/prompts.ts'
import * as rate from './definitions/rate.ts'
import * as reports from './definitions/reports.ts'
import * as requirementOutline from './definitions/requirement-outline.ts'
import * as review from './definitions/review.ts'
import * as files from './definitions/review-files.ts'
import * as verdict from './definitions/review-verdict.ts'
import * as waiver from './definitions/review-waiver.ts'
import * as scope from './definitions/scope.ts'
import * as select from './definitions/select.ts'
import * as suggest from './definitions/suggest.ts'
import * as team from './definitions/team.ts'
import * as threats from './definitions/threats.ts'
import * as gone from './definitions/threats-gone.ts'
import * as findings from './definitions/threats-look.ts'
import * as writing from './definitions/threats-write.ts'
import * as why from './definitions/why.ts'

/**
 * Deeds that need to be told what about: buttons, fields and dialogs run these. Apart from the table of commands, so that a deed
 * whose view is loaded late comes with it.
 */
export const DEEDS: readonly AnyCommand[] = [
  app.setTheme,
  home.setRole,
  home.closeStartHere,
  home.toFirstStep,
  home.beginFrom,
  home.readPasted,
  home.copyFor,
  home.noteRecorded,
  home.startReview,
  home.showWork,
  app.setLanguage,
  app.setPerson,
  team.joinTeam,
  suggest.sendSuggestion,
  suggest.discardSuggestion,
  suggest.chooseSuggestion,
  suggest.acceptSuggestion,
  suggest.askDecline,
  suggest.declineSuggestion,
  suggest.withdrawSuggestion,
  remap.setKey,
  remap.takeKey,
  remap.clearKey,
  remap.resetKey,
  app.closeDialog,
  app.closePalette,
  app.rememberChoice,
  app.dismissTrouble,
  select.selectObjects,
  select.goToObject,
  importing.pickImport,
  importing.refuseImport,
  importing.readImport,
  importing.readPart,
  importing.preferImport,
  importing.cancelImport,
  importing.writeImport,
  importing.chooseExport,
  conflicts.decideConflict,
  importing.saveExport,
  importing.copyExport,
  scope.addSomeRequirements,
  scope.linkRequirement,
  scope.reopenOneRequirement,
  scope.editOneRequirement,
  scope.approveOneRequirement,
  approve.toggleRequirement,
  requirementOutline.putUnder,
  scope.retireOneRequirement,
  scope.setPurpose,
  scope.addOneAssumption,
  scope.editOneAssumption,
  scope.removeAssumption,
  scope.addDataAsset,
  scope.putOutOfScope,
  scope.takeBackIntoScope,
  packs.togglePack,
  model.placeThing,
  model.encloseSelected,
  model.placeConnected,
  model.moveBoxes,
  model.connectElements,
  model.renameObject,
  model.startRenaming,
  model.stopRenaming,
  model.editObject,
  model.moveInto,
  model.removeObjects,
  model.writeTidy,
  clipboard.alsoSelect,
  clipboard.pasteText,
  clipboard.pasteWith,
  look.showHeat,
  keys.showModelAs,
  mermaid.applyMermaid,
  keys.showDiagram,
  threats.judgeReal,
  threats.judgeNotApplicable,
  threats.judgeDuplicate,
  threats.acceptRisk,
  writing.writeThreat,
  writing.askSentence,
  gone.handDecisionOn,
  gone.restoreGone,
  gone.askHeir,
  findings.markRange,
  findings.dismissCell,
  findings.toggleMark,
  findings.markAll,
  findings.filterFindings,
  findings.showCell,
  why.toggleWhy,
  why.whyNothing,
  mitigate.addControl,
  mitigate.addOwnMitigation,
  mitigate.setStatus,
  mitigate.editStatement,
  mitigate.answerThreat,
  mitigate.removeAnswer,
  mitigate.editOneThreat,
  mitigate.setCategory,
  mitigate.confirmOneThreat,
  rate.estimateThreat,
  rate.rateFactor,
  rate.clearFactors,
  rate.rateVector,
  mitigate.addOwnThreat,
  mitigate.addOwnCheck,
  mitigate.removeOwnCheck,
  mitigate.giveTo,
  mitigate.reviseAnswer,
  mitigate.threatNotApplicable,
  mitigate.answerOneThreat,
  rate.placeThreat,
  gate.goToProblem,
  gate.choosePolicy,
  gate.setOneRule,
  gate.waiveRule,
  gate.removeOneWaiver,
  gate.nameOneApprover,
  gate.removeOneApprover,
  gate.confirmOne,
  prompts.showWorkItem,
  prompts.addOneWorkItem,
  prompts.editOneWorkItem,
  prompts.chooseTarget,
  promptFiles.chooseTemplate,
  promptFiles.replaceInProject,
  prompts.showVersion,
  prompts.copyConnection,
  prompts.reviewSince,
  prompts.setSideBySide,
  prompts.goToPromptLine,
  prompts.argueWithLine,
  prompts.answerRemark,
  edit.typeInPrompt,
  edit.chooseSide,
  checklist.addCheck,
  checklist.removeCheck,
  checklist.goToCheck,
  review.showCheck,
  review.answerCheck,
  review.chooseAnswer,
  files.toggleViewed,
  review.noteReview,
  evidence.copyEvidenceCommand,
  evidence.goToEvidence,
  files.foldFile,
  files.goToFile,
  waiver.secondWaiver,
  verdict.keepReviewing,
  reports.showReports,
  reports.chooseReport,
  reports.chooseRange,
  frameworks.openFramework,
  frameworks.openFrameworkRow,
  exclusions.callNotApplicable,
  exclusions.withdrawNotApplicable,
  exclusions.confirmNotApplicable,
  monitoringDeeds.lookAtMonitoring,
  monitoringDeeds.showWatch,
  monitoringDeeds.saveMonitoring,
  monitoringDeeds.askForEvents,
  history.chooseCompared,
  history.copyComparison,
  history.showState,
  history.bringBackState,
  history.bringBackObject,
]
