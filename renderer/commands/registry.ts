import { useSession } from '../state/session.ts'
import type { AnyCommand, Command } from './command.ts'
import * as app from './definitions/app.ts'
import * as approve from './definitions/approve.ts'
import * as checklist from './definitions/checklist.ts'
import * as comments from './definitions/comments.ts'
import * as conflicts from './definitions/conflicts.ts'
import * as frameworks from './definitions/frameworks.ts'
import * as gate from './definitions/gate.ts'
import * as history from './definitions/history.ts'
import * as home from './definitions/home.ts'
import * as importing from './definitions/import.ts'
import * as inspect from './definitions/inspect.ts'
import * as remap from './definitions/keys.ts'
import * as mitigate from './definitions/mitigate.ts'
import * as clipboard from './definitions/model-clipboard.ts'
import * as keys from './definitions/model-keys.ts'
import * as look from './definitions/model-look.ts'
import * as monitoring from './definitions/monitoring-show.ts'
import * as packs from './definitions/packs.ts'
import * as edit from './definitions/prompt-edit.ts'
import * as promptFiles from './definitions/prompt-files.ts'
import * as prompts from './definitions/prompts.ts'
import * as reports from './definitions/reports.ts'
import * as requirementOutline from './definitions/requirement-outline.ts'
import * as review from './definitions/review.ts'
import * as files from './definitions/review-files.ts'
import * as verdict from './definitions/review-verdict.ts'
import * as waiver from './definitions/review-waiver.ts'
import * as scope from './definitions/scope.ts'
import * as select from './definitions/select.ts'
import * as split from './definitions/split.ts'
import * as suggest from './definitions/suggest.ts'
import * as team from './definitions/team.ts'
import * as threats from './definitions/threats.ts'
import * as findings from './definitions/threats-look.ts'
import * as writing from './definitions/threats-write.ts'
import * as why from './definitions/why.ts'
import { keysOf } from './shortcuts.ts'

/** Commands a person can run as they are: the palette, the shortcuts and the key sheet show exactly these. */
export const COMMANDS: readonly Command[] = [
  home.goHome,
  ...app.STEP_COMMANDS,
  home.goMyWork,
  home.goToReview,
  home.goComments,
  suggest.goSuggestions,
  suggest.beginSuggesting,
  suggest.askSend,
  suggest.leaveSuggesting,
  comments.commentOnSelected,
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
  app.closeInspector,
  ...inspect.TAB_COMMANDS,
  app.showKeys,
  app.toggleSingleKeys,
  remap.resetAllKeys,
  ...app.THEMES,
  ...app.LANGUAGE_COMMANDS,
  app.askPerson,
  team.askTeam,
  team.showTeam,
  team.retryTeam,
  team.leaveTeam,
  ...home.ROLE_COMMANDS,
  home.showStartHere,
  home.newDesign,
  home.openSample,
  home.showStarts,
  importing.openFolder,
  importing.openImport,
  importing.openExport,
  conflicts.showConflicts,
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
  clipboard.copySelected,
  clipboard.cutSelected,
  clipboard.pasteClipboard,
  clipboard.selectAll,
  clipboard.addToSelection,
  keys.enlargeSelected,
  keys.shrinkSelected,
  keys.tidyDrawing,
  keys.toggleOutline,
  keys.fitDrawing,
  keys.fitSelection,
  keys.copyMermaid,
  ...look.HEAT_COMMANDS,
  look.toggleMinimap,
  ...threats.TRIAGE_KEYS,
  ...writing.ROW_KEYS,
  threats.reopenChosen,
  writing.writeNewThreat,
  findings.clearMarks,
  findings.clearFilter,
  why.whyFinding,
  why.leaveWhy,
  approve.approveReady,
  requirementOutline.indentRequirement,
  requirementOutline.outdentRequirement,
  approve.approveMarked,
  approve.clearRequirementMarks,
  mitigate.newThreat,
  mitigate.newMitigation,
  gate.openPolicy,
  gate.openPreview,
  prompts.workItemFromSelection,
  split.splitOneWorkItem,
  prompts.copyPrompt,
  prompts.copyDraft,
  prompts.copyLink,
  promptFiles.saveToProject,
  promptFiles.readTemplatesAgain,
  prompts.nextTarget,
  prompts.olderVersion,
  prompts.newerVersion,
  prompts.compareVersions,
  edit.editByHand,
  edit.stopEditing,
  edit.leaveEditing,
  edit.showEdit,
  edit.takeMerged,
  edit.backToGenerated,
  checklist.copyPullRequest,
  checklist.copyTaskList,
  checklist.copyChecklistMarkdown,
  review.previousCheck,
  review.nextCheck,
  ...review.ANSWER_KEYS,
  review.notApplicable,
  review.writeNote,
  waiver.toWaiver,
  files.viewFile,
  files.reveal,
  verdict.readAgain,
  verdict.runVerify,
  verdict.finish,
  verdict.approve,
  verdict.requestChanges,
  verdict.copyQuestions,
  reports.copyReport,
  reports.saveReport,
  reports.saveLedger,
  frameworks.showFrameworks,
  monitoring.showMonitoring,
  history.restoreRemoved,
  history.dismissRemoved,
  checklist.printPage,
]

/** The first shortcut of a command as this person has it, for tooltips and the palette. */
export function chordFor(command: Pick<AnyCommand, 'id' | 'keys'>): string | undefined {
  return keysOf(command, useSession.getState().preferences.keys)[0]?.chord
}
