import { create } from 'zustand'
import type { Change } from '../../core/model/change.ts'
import type { Category, Packs, PrivacyCategory } from '../../core/model/types.ts'
import type { Problem } from '../../core/support/result.ts'
import type { ImportSummary, SaveState } from '../../host/contract.ts'
import { packsWithoutControls } from '../../packs/without-controls.ts'
import type { SyncState } from '../../ydoc/sync.ts'
import { loadPreferences, type Preferences } from './preferences.ts'
import { shellHere } from './shell.ts'
import type { StepId } from './steps.ts'

/** What a click on the canvas does. */
export type Tool = 'select' | 'process' | 'dataStore' | 'externalEntity' | 'boundary' | 'flow'

/** The three ways to see the model. */
export type ModelView = 'canvas' | 'outline' | 'mermaid'

/** A question that stands in front of the view. */
export type Dialog =
  | { readonly kind: 'real'; readonly findings: readonly string[] }
  | { readonly kind: 'notApplicable'; readonly findings: readonly string[] }
  | { readonly kind: 'duplicate'; readonly findings: readonly string[] }
  | { readonly kind: 'connect'; readonly source: string }
  | { readonly kind: 'moveTo'; readonly elements: readonly string[] }
  | { readonly kind: 'import' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'person' }
  | { readonly kind: 'copyByHand'; readonly text: string }

/** A file as the host understood it, before anything is written. */
export type ImportPreview = {
  readonly name: string
  readonly state:
    | { readonly kind: 'reading' }
    | { readonly kind: 'read'; readonly summary: ImportSummary; readonly changes: readonly Change[] }
    | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
}

/** Which findings are shown. */
export type FindingFilter = {
  readonly text: string
  readonly element?: string
  readonly category?: Category
  /** One privacy threat type, or any of them. */
  readonly privacy?: PrivacyCategory | 'any'
  readonly later: boolean
  /** Those that something asserted keeps back. */
  readonly kept: boolean
  readonly decided: boolean
}

/** A place where nothing was found, and somebody asks why. */
export type AbsenceAsked = { readonly subject: string; readonly category: Category }

/** What one window is doing right now. Nothing of it is part of the design, and nothing of it is undone. */
export type Session = {
  /** Whether the desktop app is around this page. */
  readonly desktop: boolean
  readonly step: StepId
  readonly selection: readonly string[]
  readonly tool: Tool
  readonly renaming: string | undefined
  readonly modelView: ModelView
  readonly diagram: string | undefined
  readonly palette: boolean
  readonly drawer: boolean
  readonly inspector: boolean
  readonly dialog: Dialog | undefined
  readonly importing: ImportPreview | undefined
  readonly filter: FindingFilter
  /** Findings marked for a decision in bulk, by the one that is shown. */
  readonly marked: readonly string[]
  /** Whether the inspector says all it knows of why a finding is there; it stays so from row to row. */
  readonly why: boolean
  /** What the inspector explains instead of the object itself. */
  readonly absence: AbsenceAsked | undefined
  readonly workItem: string | undefined
  readonly target: string
  readonly check: string | undefined
  /** The answer being given to the check in view; never pre-set. */
  readonly answer: 'pass' | 'fail' | 'cannotTell' | undefined
  readonly viewed: readonly string[]
  readonly revealed: boolean
  readonly reportsView: 'report' | 'ledger'
  /** Counts ledger entries seen, so that views read again. */
  readonly ledgerTurn: number
  readonly save: SaveState
  readonly sync: SyncState
  readonly said: { readonly text: string; readonly turn: number }
  readonly trouble: Problem | undefined
  readonly preferences: Preferences
  /** The minute, so that what depends on the clock is derived once a minute. */
  readonly now: string
  /** The packs in use: those of the program, and the team's own once the host has read them. */
  readonly packs: Packs
  readonly packProblems: readonly Problem[]
}

const START: Session = {
  desktop: shellHere() !== undefined,
  step: 'scope',
  selection: [],
  tool: 'select',
  renaming: undefined,
  modelView: 'canvas',
  diagram: undefined,
  palette: false,
  drawer: false,
  inspector: true,
  dialog: undefined,
  importing: undefined,
  filter: { text: '', later: false, kept: false, decided: true },
  marked: [],
  why: false,
  absence: undefined,
  workItem: undefined,
  target: 'markdown',
  check: undefined,
  answer: undefined,
  viewed: [],
  revealed: false,
  reportsView: 'report',
  ledgerTurn: 0,
  save: { kind: 'saving' },
  sync: { kind: 'synced', waiting: 0 },
  said: { text: '', turn: 0 },
  trouble: undefined,
  preferences: loadPreferences(),
  now: minuteOf(new Date()),
  packs: packsWithoutControls,
  packProblems: [],
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
