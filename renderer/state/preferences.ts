import type { Language } from '../words/translate.ts'

/** Light, dark, or what the system says. */
export type Theme = 'system' | 'light' | 'dark'

/** What a person mostly does here. It decides what is seen first, and permits nothing. */
export type Role = 'model' | 'build' | 'review'

/** The three roles. */
export const ROLES: readonly Role[] = ['model', 'build', 'review']

/** What a person set once for this window; kept by the browser, never in the design. */
export type Preferences = {
  readonly theme: Theme
  /** Single letters as shortcuts; WCAG 2.1.4 asks that they can be switched off. */
  readonly singleKeys: boolean
  /** Name written on this person's decisions. */
  readonly person: string
  /** Whether a small picture of the whole drawing stands in its corner. */
  readonly minimap: boolean
  /** Undefined until they said. */
  readonly role: Role | undefined
  /** Whether home shows the five first steps. */
  readonly startHere: boolean
  /** The language of the window; what is stored and what goes into prompts and reports keeps its own. */
  readonly language: Language
  /** Chords this person gave to commands, by command; an empty list means no key at all. */
  readonly keys: Readonly<Record<string, readonly string[]>>
  /** The target that prompts are written for. */
  readonly target: string
  /** What was chosen in the palette last, the latest first. */
  readonly recent: readonly string[]
}

/** What holds until a person says otherwise. */
export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  singleKeys: true,
  person: 'me',
  role: undefined,
  startHere: true,
  minimap: true,
  language: 'en',
  keys: {},
  target: 'markdown',
  recent: [],
}

const KEY = 'skeptic.preferences'

/** Reads them; whatever does not fit falls back to the default. */
export function loadPreferences(): Preferences {
  try {
    return preferencesOf(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    return DEFAULT_PREFERENCES
  }
}

/** Keeps them for the next window, where the browser allows it. */
export function savePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences))
  } catch {
    // A window without storage keeps them until it closes.
  }
}

/** Stored preferences as far as they can be believed; anything may stand in a browser's storage. */
export function preferencesOf(stored: unknown): Preferences {
  if (typeof stored !== 'object' || stored === null) return DEFAULT_PREFERENCES
  const { theme, singleKeys, person, minimap, role, startHere, language, keys, target, recent } = stored as Partial<
    Record<keyof Preferences, unknown>
  >
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    singleKeys: singleKeys !== false,
    minimap: minimap !== false,
    person: typeof person === 'string' && person.trim() ? person.trim() : DEFAULT_PREFERENCES.person,
    role: ROLES.find(one => one === role),
    startHere: startHere !== false,
    language: language === 'de' ? 'de' : 'en',
    keys: keysOf(keys),
    target: typeof target === 'string' && /^[a-z][a-z0-9-]{0,40}$/.test(target) ? target : DEFAULT_PREFERENCES.target,
    recent: textsOf(recent),
  }
}

function keysOf(stored: unknown): Preferences['keys'] {
  if (typeof stored !== 'object' || stored === null) return {}
  return Object.fromEntries(
    Object.entries(stored).flatMap(([id, chords]) => (Array.isArray(chords) ? [[id, textsOf(chords)]] : [])),
  )
}

function textsOf(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored.filter(one => typeof one === 'string') : []
}
