import { useSession } from '../state/session.ts'
import type { AnyCommand, Command } from './command.ts'
import * as app from './definitions/app.ts'
import * as gate from './definitions/gate.ts'
import * as importing from './definitions/import.ts'
import * as remap from './definitions/keys.ts'
import * as mitigate from './definitions/mitigate.ts'
import * as model from './definitions/model.ts'
import * as keys from './definitions/model-keys.ts'
import * as packs from './definitions/packs.ts'
import * as prompts from './definitions/prompts.ts'
import * as rate from './definitions/rate.ts'
import * as reports from './definitions/reports.ts'
import * as review from './definitions/review.ts'
import * as scope from './definitions/scope.ts'
import * as select from './definitions/select.ts'
import * as threats from './definitions/threats.ts'
import * as why from './definitions/why.ts'
import { keysOf } from './shortcuts.ts'

/** Commands a person can run as they are: the palette, the shortcuts and the key sheet show exactly these. */
export const COMMANDS: readonly Command[] = [
  ...app.STEP_COMMANDS,
  app.openPalette,
  app.doNext,
  app.undo,
  app.redo,
  app.retrySave,
  app.goBack,
  app.goForward,
  app.nextPane,
  app.previousPane,
  app.toggleDrawer,
  app.toggleInspector,
  app.showKeys,
  app.toggleSingleKeys,
  remap.resetAllKeys,
  ...app.THEMES,
  ...app.LANGUAGE_COMMANDS,
  app.askPerson,
  importing.openFolder,
  importing.openImport,
  scope.newRequirement,
  packs.chooseDefaultPacks,
  packs.readPacksAgain,
  select.resetTool,
  ...keys.TOOLS,
  keys.connectSelected,
  keys.moveSelectedTo,
  keys.enterSelected,
  keys.renameSelected,
  keys.removeSelected,
  keys.duplicateSelected,
  keys.tidyDrawing,
  keys.toggleOutline,
  keys.fitDrawing,
  keys.fitSelection,
  keys.copyMermaid,
  ...threats.TRIAGE_KEYS,
  threats.reopenChosen,
  threats.clearFilter,
  why.whyFinding,
  why.leaveWhy,
  mitigate.newThreat,
  prompts.workItemFromSelection,
  prompts.copyPrompt,
  prompts.copyDraft,
  prompts.nextTarget,
  review.copyTaskList,
  review.copyChecklistMarkdown,
  review.previousCheck,
  review.nextCheck,
  ...review.ANSWER_KEYS,
  review.reveal,
  review.runVerify,
  reports.copyReport,
  review.printPage,
]

/** Deeds that need to be told what about: buttons, fields and dialogs run these. */
export const DEEDS: readonly AnyCommand[] = [
  app.setTheme,
  app.setLanguage,
  app.setPerson,
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
  importing.writeImport,
  scope.addSomeRequirements,
  scope.linkRequirement,
  scope.reopenOneRequirement,
  scope.editOneRequirement,
  scope.approveOneRequirement,
  scope.retireOneRequirement,
  scope.setPurpose,
  scope.addOneAssumption,
  scope.editOneAssumption,
  scope.removeAssumption,
  scope.addDataAsset,
  packs.togglePack,
  model.placeThing,
  model.moveBoxes,
  model.connectElements,
  model.renameObject,
  model.startRenaming,
  model.stopRenaming,
  model.editObject,
  model.moveInto,
  model.removeObjects,
  model.writeTidy,
  keys.showModelAs,
  keys.showDiagram,
  threats.judgeReal,
  threats.judgeNotApplicable,
  threats.judgeDuplicate,
  threats.toggleMark,
  threats.markAll,
  threats.filterFindings,
  threats.showCell,
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
  gate.goToProblem,
  prompts.showWorkItem,
  prompts.addOneWorkItem,
  prompts.editOneWorkItem,
  prompts.chooseTarget,
  review.showCheck,
  review.answerCheck,
  review.chooseAnswer,
  review.toggleViewed,
  reports.showReports,
]

/** The first shortcut of a command as this person has it, for tooltips and the palette. */
export function chordFor(command: Pick<AnyCommand, 'id' | 'keys'>): string | undefined {
  return keysOf(command, useSession.getState().preferences.keys)[0]?.chord
}
