import { create } from 'zustand'
import type { Point } from '../../core/dfd/geometry.ts'
import type { ImportedFiles, ImportStep } from '../../core/interop/import-files.ts'
import type { Standing } from '../../core/mitigations/standing.ts'
import type { Category, Check, Packs, PrivacyCategory, PromptEdit } from '../../core/model/types.ts'
import type { MonitorFormat } from '../../core/monitoring/files.ts'
import type { Side } from '../../core/prompts/pieces.ts'
import type { ReportKind } from '../../core/reports/document/types.ts'
import type { Problem } from '../../core/support/result.ts'
import type { ManagedConflict } from '../../core/targets/managed.ts'
import type { VerdictRecord } from '../../core/verdict/record.ts'
import type { Doubt } from '../../core/verdict/to-author.ts'
import type { FileGiven, HostEvents, Output, ReviewShown, SaveState, TeamState, TeamTemplate } from '../../host/contract.ts'
import type { Present } from '../../ydoc/presence.ts'
import type { SyncState } from '../../ydoc/sync.ts'
import { loadPreferences, type Preferences } from './preferences.ts'
import type { Recorded } from './recorded.ts'
import { shellHere } from './shell.ts'
import type { StepId } from './steps.ts'

/** What a click on the canvas does. */
export type Tool = 'select' | 'process' | 'dataStore' | 'externalEntity' | 'boundary' | 'flow'

/** The three ways to see the model. */
export type ModelView = 'canvas' | 'outline' | 'mermaid'

/** The sides of an object that the inspector shows one of. */
export type InspectorTab = 'info' | 'threats' | 'notes' | 'history'

/** Threads that wait for this person, that are not resolved, or all. */
export type CommentsShown = 'waiting' | 'open' | 'all'

/** What the colours of the drawing say. */
export type Heat = 'off' | 'threats' | 'severity' | 'data' | 'unseen'

/** A question that stands in front of the view. */
export type Dialog =
  | { readonly kind: 'real'; readonly findings: readonly string[] }
  | { readonly kind: 'notApplicable'; readonly findings: readonly string[] }
  | { readonly kind: 'duplicate'; readonly findings: readonly string[] }
  | { readonly kind: 'acceptRisk'; readonly findings: readonly string[] }
  | { readonly kind: 'reassign'; readonly finding: string }
  | ({ readonly kind: 'sentence' } & SentenceAsked)
  | { readonly kind: 'connect'; readonly source: string }
  | { readonly kind: 'moveTo'; readonly elements: readonly string[] }
  | { readonly kind: 'addToSelection' }
  | { readonly kind: 'paste'; readonly text: string; readonly at: Point | undefined }
  | { readonly kind: 'import' }
  | { readonly kind: 'export'; readonly format: string }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'person' }
  | { readonly kind: 'team' }
  | { readonly kind: 'conflicts'; readonly turn: number }
  | { readonly kind: 'joinTeam'; readonly problem?: Problem }
  | { readonly kind: 'sendSuggestion' | 'discardSuggestion' }
  | { readonly kind: 'declineSuggestion'; readonly id: string }
  | { readonly kind: 'copyByHand'; readonly text: string }
  | { readonly kind: 'promptFiles'; readonly folder: string; readonly conflicts: readonly ManagedConflict[] }

/** Suggestion mode: rows that differ, whether one may leave it, and why the changes are not kept on this machine. */
export type Suggesting = { readonly changes: number; readonly isForced: boolean; readonly problem?: Problem }

/** What a threat is written about: a finding to be judged real, a threat there is, or a place and a category. */
export type SentenceAsked = {
  readonly finding?: string
  readonly threat?: string
  readonly subject?: string
  readonly category?: Category
}

/** Files as the host understood them, before anything is written. */
export type ImportPreview = {
  /** Made up here: progress comes under it, and it can be called off by it. */
  readonly run: string
  /** With their texts, for they may be read once more, in part or with other answers. */
  readonly files: readonly FileGiven[]
  readonly partial: boolean
  readonly prefer: 'design' | 'file'
  readonly state:
    | { readonly kind: 'reading'; readonly step?: ImportStep }
    | { readonly kind: 'read'; readonly result: ImportedFiles }
    | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
}

/** Which findings are shown. */
export type FindingFilter = {
  readonly text: string
  readonly element?: string
  readonly category?: Category
  /** One privacy threat type, or any of them. */
  readonly privacy?: PrivacyCategory | 'any'
  /** Those that stand there, or all of them. */
  readonly standing: Standing | 'all'
}

/** A changed file by its path and by what names its content. */
export type FileKey = { readonly path: string; readonly key: string }

/** What commands of the review plan on: what the host last answered about one work item. */
export type Reviewing = {
  readonly workItem: string
  readonly files: readonly FileKey[]
  readonly record: VerdictRecord | undefined
  readonly doubts: readonly Doubt[]
  /** The checks as they stand in the queue, which are those of the judged checklist; and who wants which set aside. */
  readonly checks?: readonly Check[]
  readonly waivers?: ReviewShown['waivers']
}

/** A report and the form it is read or taken away in. */
export type ReportShown = { readonly kind: ReportKind; readonly format: string }

/** What is looked at of the hand-off to monitoring. */
export type MonitoringShown = {
  readonly part: 'threats' | 'events' | 'integrity' | 'files'
  /** The detection or the event whose details show, by the key of its line. */
  readonly open?: string | undefined
  /** The threat that was gone to. */
  readonly threat?: string
  /** The format that is read, and the file of it. */
  readonly format?: MonitorFormat
  readonly file?: string | undefined
  /** Where components lie on their machines, by id of the element: the design does not hold it. */
  readonly places?: Readonly<Record<string, string>>
}

/** The files of a prompt that were written into the repository around the design. */
export type SavedFiles = Pick<Output<'prompt.save'>, 'folder' | 'files'> & {
  readonly workItem: string
  readonly target: string
}

/** A prompt being edited by hand. */
export type PromptDraft = {
  readonly workItem: string
  readonly target: string
  /** The generated text with blank seals, the edit that stood, and the text the editor opened with. */
  readonly generated: string
  readonly before: PromptEdit | undefined
  readonly start: string
  readonly text: string
  /** Indices of lines that the program fills in. */
  readonly fixed: readonly number[]
}

/** A place where nothing was found, and somebody asks why. */
export type AbsenceAsked = { readonly subject: string; readonly category: Category }

/** What one window is doing right now. Nothing of it is part of the design, and nothing of it is undone. */
/** Before any pack is read. */
export const NO_PACKS: Packs = { rules: [], controls: [], words: [], targets: [] }

export type Session = {
  /** Whether the desktop app is around this page. */
  readonly desktop: boolean
  /** Whether this design is a fresh copy of the sample. */
  readonly isSample: boolean
  readonly step: StepId
  readonly selection: readonly string[]
  readonly tool: Tool
  readonly renaming: string | undefined
  readonly modelView: ModelView
  readonly diagram: string | undefined
  readonly palette: boolean
  readonly drawer: boolean
  readonly inspector: boolean
  readonly inspectorTab: InspectorTab
  readonly dialog: Dialog | undefined
  readonly importing: ImportPreview | undefined
  readonly filter: FindingFilter
  /** Findings marked for a decision in bulk, by the one that is shown. */
  readonly marked: readonly string[]
  /** Requirements marked for an approval in bulk. */
  readonly markedRequirements: readonly string[]
  /** Whether the inspector says all it knows of why a finding is there; it stays so from row to row. */
  readonly why: boolean
  /** What the inspector explains instead of the object itself. */
  readonly absence: AbsenceAsked | undefined
  readonly workItem: string | undefined
  readonly target: string
  /** The team's template that writes the prompt; without one the built-in one does. */
  readonly template: string | undefined
  /** The team's templates as they were last read, and what lies beside them and is none; `templateTurn` counts the readings. */
  readonly teamTemplates: readonly TeamTemplate[]
  readonly templateProblems: readonly Problem[]
  readonly templateTurn: number
  /** What was last written into the repository. */
  readonly savedFiles: SavedFiles | undefined
  /** The issued version in view; without one the prompt as it would be issued now. */
  readonly promptVersion: number | undefined
  /** Whether the version in view is held against the one before it, and how the two stand. */
  readonly promptCompare: boolean
  readonly promptSideBySide: boolean
  /** The prompt somebody edits by hand, as typed so far; it waits while another view is shown. */
  readonly promptDraft: PromptDraft | undefined
  /** Whether the edit by hand is held against the generated text, and what was chosen for each conflict, by its name. */
  readonly promptMerge: boolean
  readonly promptChoices: Readonly<Record<string, Side>>
  readonly check: string | undefined
  /** The answer being given to the check in view; never pre-set. */
  readonly answer: 'pass' | 'fail' | 'cannotTell' | undefined
  /** Changed files that were looked at, by path and content: a file that changes again is to be looked at again. */
  readonly viewed: readonly string[]
  readonly revealed: boolean
  /** The changed file that is open, and where the next press of V counts. */
  readonly reviewFile: string | undefined
  /** Changed files that somebody closed without a tick. */
  readonly foldedFiles: readonly string[]
  /** The review as the host last told it, for commands to plan on. */
  readonly reviewing: Reviewing | undefined
  /** Whether the review is being ended. */
  readonly finishing: boolean
  /** What My work shows; undefined is what the role says. */
  readonly workView: 'mine' | 'review' | 'comments' | 'suggestions' | undefined
  /** Which comments are listed. */
  readonly commentsShown: CommentsShown
  /** Whether what is changed here goes to a fork of the design, and how many rows differ; forced by the role at a team hub. */
  readonly suggesting: Suggesting | undefined
  /** The suggestion that is looked at. */
  readonly suggestion: string | undefined
  readonly reportsView: 'report' | 'ledger' | 'compare' | 'history' | 'frameworks' | 'monitoring'
  readonly monitoring: MonitoringShown
  /** The framework that is open, and the row of it whose answers show. */
  readonly framework: string | undefined
  readonly frameworkRow: string | undefined
  /** The two states that are compared, before and after; empty where none was chosen yet. */
  readonly compared: readonly [string, string]
  /** The kept state that the history shows, by its digest; without one it shows now. */
  readonly stateShown: string | undefined
  /** What the last edit took away that took away much. */
  readonly removed: HostEvents['room.removed'] | undefined
  /** Which report is shown, and in which form. */
  readonly report: ReportShown
  /** The first and the last entry of the ledger that are listed; without them all are. */
  readonly ledgerRange: readonly [string, string] | undefined
  /** Counts ledger entries seen, so that views read again. */
  readonly ledgerTurn: number
  /** What the ledger notes of each work item, by its id, as far as it was read. */
  readonly recorded: ReadonlyMap<string, Recorded>
  /** The name under which the ledger of this machine notes what is done here. */
  readonly ledgerName: string
  readonly save: SaveState
  readonly team: TeamState
  readonly sync: SyncState
  readonly said: { readonly text: string; readonly turn: number }
  readonly trouble: Problem | undefined
  readonly preferences: Preferences
  /** The minute, so that what depends on the clock is derived once a minute. */
  readonly now: string
  /** The packs that ship with the program; none until they are read, which is before any view is shown. */
  readonly shipped: Packs
  /** The packs in use: those of the program, and the team's own. */
  readonly packs: Packs
  readonly packProblems: readonly Problem[]
  readonly heat: Heat
  /** The other windows on this design, and the number this one goes by; 0 while the host has not said. */
  readonly others: readonly Present[]
  readonly number: number
}

const START: Session = {
  desktop: shellHere() !== undefined,
  isSample: false,
  step: 'scope',
  selection: [],
  tool: 'select',
  renaming: undefined,
  modelView: firstModelView(),
  diagram: undefined,
  palette: false,
  drawer: false,
  inspector: true,
  inspectorTab: 'info',
  dialog: undefined,
  importing: undefined,
  filter: { text: '', standing: 'triage' },
  marked: [],
  markedRequirements: [],
  why: false,
  absence: undefined,
  workItem: undefined,
  target: loadPreferences().target,
  template: undefined,
  teamTemplates: [],
  templateProblems: [],
  templateTurn: 0,
  savedFiles: undefined,
  promptVersion: undefined,
  promptCompare: false,
  promptSideBySide: true,
  promptDraft: undefined,
  promptMerge: false,
  promptChoices: {},
  check: undefined,
  answer: undefined,
  viewed: [],
  revealed: false,
  reviewFile: undefined,
  foldedFiles: [],
  reviewing: undefined,
  finishing: false,
  workView: undefined,
  commentsShown: 'open',
  suggesting: undefined,
  suggestion: undefined,
  reportsView: 'report',
  monitoring: { part: 'threats' },
  framework: undefined,
  frameworkRow: undefined,
  compared: ['', 'now'],
  stateShown: undefined,
  removed: undefined,
  report: { kind: 'model', format: 'html' },
  ledgerRange: undefined,
  ledgerTurn: 0,
  recorded: new Map(),
  ledgerName: '',
  save: { kind: 'saving' },
  team: { kind: 'alone' },
  sync: { kind: 'synced', waiting: 0 },
  said: { text: '', turn: 0 },
  trouble: undefined,
  preferences: loadPreferences(),
  now: minuteOf(new Date()),
  shipped: NO_PACKS,
  packs: NO_PACKS,
  packProblems: [],
  heat: 'off',
  others: [],
  number: 0,
}

/** Where the window is narrow the model opens as its outline: a drawing needs room, and the outline says the same. */
function firstModelView(): ModelView {
  return globalThis.matchMedia?.('(max-width: 799px)').matches ? 'outline' : 'canvas'
}

/** Reads the session, and draws again when the part read changes. */
export const useSession = create<Session>(() => START)

/** Changes parts of the session; only `perform.ts` and listeners of the host call it. */
export function setSession(set: Partial<Session>): void {
  useSession.setState(set)
}

/** Says something once: in the status bar, and aloud where a screen reader listens. */
export function say(text: string): void {
  useSession.setState(session => ({ said: { text, turn: session.said.turn + 1 } }))
}

/** The minute of an instant, as 2026-11-22T16:00:00Z. */
export function minuteOf(instant: Date): string {
  return `${instant.toISOString().slice(0, 16)}:00Z`
}

/** What became of an import, unless another has begun since. */
export function settleImport(run: string, state: ImportPreview['state']): void {
  const { importing } = useSession.getState()
  if (importing?.run === run) setSession({ importing: { ...importing, state } })
}

/** How far an import of this window is. */
export function noteImportStep(run: string, step: ImportStep): void {
  if (useSession.getState().importing?.state.kind === 'reading') settleImport(run, { kind: 'reading', step })
}
