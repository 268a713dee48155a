import { readFileSync } from 'node:fs'

/** Which ids a framework has in the version that a pack cites. Ids are facts; docs/frameworks.md says where they were read. */
export type Published = {
  readonly ids: readonly string[]
  /** The pack lists all of them. */
  readonly isWhole: boolean
}

/** From 1 to `last`, each written by `write`. */
function numbered(last: number, write: (number: number) => string): readonly string[] {
  return Array.from({ length: last }, (_, at) => write(at + 1))
}

/** `['PO.1', 3]` is PO.1.1 to PO.1.3. */
function within(counts: readonly (readonly [string, number])[]): readonly string[] {
  return counts.flatMap(([head, last]) => numbered(last, number => `${head}.${number}`))
}

/** The subcategories of one function of the AI RMF: how many each category has. */
function categories(name: string, ...counts: readonly number[]): readonly string[] {
  return within(counts.map((last, at) => [`${name} ${at + 1}`, last]))
}

/** Techniques of ATLAS 5.5.0: ranges of numbers, then those that have sub-techniques, and how many. */
function techniques(): readonly string[] {
  const ranges: readonly (readonly [number, number])[] = [
    [0, 8],
    [10, 21],
    [24, 25],
    [29, 29],
    [31, 31],
    [34, 37],
    [40, 44],
    [46, 112],
  ]
  const parts = { 0: 3, 2: 2, 5: 3, 8: 6, 10: 6, 11: 4, 16: 3, 17: 1, 18: 3, 24: 3, 34: 3, 43: 5, 48: 5, 51: 3, 52: 1 }
  const later = { 67: 1, 69: 3, 80: 2, 84: 4, 85: 2, 91: 1, 112: 2 }
  const name = (number: string | number) => `AML.T${String(number).padStart(4, '0')}`
  const wholes = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => name(from + at)))
  const subs = Object.entries({ ...parts, ...later }).flatMap(([number, last]) =>
    numbered(last, part => `${name(number)}.${String(part - 1).padStart(3, '0')}`),
  )
  return [...wholes, ...subs]
}

function partsOfCycloneDx(version: string): readonly string[] {
  const schema = new URL(`../../schemas/cyclonedx/bom-${version}.schema.json`, import.meta.url)
  return Object.keys((JSON.parse(readFileSync(schema, 'utf8')) as { properties: object }).properties)
}

/** How many requirements each section of ASVS 5.0.0 has, chapter by chapter. */
const ASVS = [
  [2, 10, 12, 3, 3],
  [3, 3, 5, 2],
  [1, 3, 5, 8, 8, 1, 5],
  [5, 5, 2, 4],
  [1, 6, 3, 3],
  [3, 12, 8, 6, 8, 4, 2, 4],
  [3, 4, 2, 5, 3, 2],
  [4, 4, 3, 2],
  [3, 4],
  [2, 3, 5, 16, 5, 2, 3],
  [4, 5, 5, 4, 2, 2, 2],
  [5, 2, 5],
  [4, 6, 4, 7],
  [2, 8, 3],
  [5, 5, 7, 4],
  [1, 5, 4, 3, 4],
  [2, 8, 2],
]

/** How many requirements each section of AISVS 1.0 has, chapter by chapter, and then those of its Appendix C. */
const AISVS = [
  [5, 3, 5],
  [8, 4],
  [3, 3, 3, 2, 4],
  [4, 5, 5],
  [2, 7, 2],
  [4, 3],
  [2, 3, 4, 4],
  [3, 5, 3],
  [3, 10, 8, 4, 6, 3],
  [3, 7, 5, 8],
  [5, 5, 4, 3],
  [4, 6, 4, 3, 4],
]
const AISVS_CODING = [4, 4, 6, 5, 3, 4, 5, 4, 3, 3, 8, 8, 6, 5]

/** The sections of a standard, whose chapters are `letter` and a number, and their requirements. */
function sectionsAndRequirements(letter: string, chapters: readonly (readonly number[])[]): readonly string[] {
  const sections = chapters.flatMap((counts, chapter) =>
    counts.map((last, at): readonly [string, number] => [`${letter}${chapter + 1}.${at + 1}`, last]),
  )
  return [...sections.map(([section]) => section), ...within(sections)]
}

const ANNEX_A: readonly (readonly [string, number, number])[] = [
  ['A.2', 2, 4],
  ['A.3', 2, 3],
  ['A.4', 2, 6],
  ['A.5', 2, 5],
  ['A.6.1', 2, 3],
  ['A.6.2', 2, 8],
  ['A.7', 2, 6],
  ['A.8', 2, 5],
  ['A.9', 2, 4],
  ['A.10', 2, 4],
]

const MASVS = { STORAGE: 2, CRYPTO: 2, AUTH: 3, NETWORK: 2, PLATFORM: 3, CODE: 4, RESILIENCE: 4, PRIVACY: 4 }

const CWE_TOP_25 = [
  79, 89, 352, 862, 787, 22, 416, 125, 78, 94, 120, 434, 476, 121, 502, 122, 863, 20, 284, 200, 306, 918, 77, 639, 770,
]

const SECURE_CODING = [
  'Input Validation',
  'Output Encoding',
  'Authentication and Password Management',
  'Session Management',
  'Access Control',
  'Cryptographic Practices',
  'Error Handling and Logging',
  'Data Protection',
  'Communication Security',
  'System Configuration',
  'Database Security',
  'File Management',
  'Memory Management',
  'General Coding Practices',
]

const two = (number: number) => String(number).padStart(2, '0')

export const PUBLISHED: Readonly<Record<string, Published>> = {
  'oecd-ai-principles': {
    isWhole: true,
    ids: within([
      ['1', 5],
      ['2', 5],
    ]),
  },
  'unesco-ai-ethics': { isWhole: true, ids: numbered(10, number => `III.2 (${number})`) },
  'nist-ai-rmf': {
    isWhole: true,
    ids: [
      ...categories('GOVERN', 7, 3, 2, 3, 2, 2),
      ...categories('MAP', 6, 3, 5, 2, 2),
      ...categories('MEASURE', 3, 13, 3, 3),
      ...categories('MANAGE', 4, 4, 2, 3),
    ],
  },
  'iso-iec-42001': {
    isWhole: false,
    ids: [
      ...['6.1.2', '6.1.3', '6.1.4', '6.2', '6.3', '7.5', '8.1', '8.2', '8.3', '8.4', '9.1', '9.2', '9.3', '10.1', '10.2'],
      ...ANNEX_A.flatMap(([head, from, to]) => Array.from({ length: to - from + 1 }, (_, at) => `${head}.${from + at}`)),
    ],
  },
  'nist-ssdf': {
    isWhole: true,
    ids: [
      ...within([
        ['PO.1', 3],
        ['PO.2', 3],
        ['PO.3', 3],
        ['PO.4', 2],
        ['PO.5', 2],
        ['PS.1', 1],
        ['PS.2', 1],
        ['PS.3', 2],
      ]),
      ...within([
        ['PW.1', 3],
        ['PW.2', 1],
        ['PW.4', 2],
        ['PW.5', 1],
        ['PW.6', 2],
        ['PW.7', 2],
        ['PW.8', 2],
        ['PW.9', 2],
      ]),
      // PW.3 and PW.4.3 moved elsewhere in version 1.1.
      'PW.4.4',
      ...within([
        ['RV.1', 3],
        ['RV.2', 2],
        ['RV.3', 4],
      ]),
    ],
  },
  'nist-ssdf-ai': { isWhole: true, ids: ['PO.5.3', 'PS.1.2', 'PS.1.3', 'PW.3.1', 'PW.3.2', 'PW.3.3'] },
  'owasp-asvs': { isWhole: false, ids: sectionsAndRequirements('V', ASVS) },
  'owasp-aisvs': {
    isWhole: false,
    ids: [...sectionsAndRequirements('C', AISVS), ...within(AISVS_CODING.map((last, at) => [`AC.${at + 1}`, last]))],
  },
  'owasp-llm-top-10': { isWhole: true, ids: numbered(10, number => `LLM${two(number)}:2025`) },
  'owasp-agentic-top-10': { isWhole: true, ids: numbered(10, number => `ASI${two(number)}:2026`) },
  'owasp-agentic-threats': { isWhole: true, ids: numbered(15, number => `T${number}`) },
  'owasp-secure-coding': { isWhole: true, ids: SECURE_CODING },
  'cwe-top-25': { isWhole: true, ids: CWE_TOP_25.map(number => `CWE-${number}`) },
  'owasp-top-10': { isWhole: true, ids: numbered(10, number => `A${two(number)}:2025`) },
  'owasp-api-top-10': { isWhole: true, ids: numbered(10, number => `API${number}:2023`) },
  'owasp-mobile-top-10': { isWhole: true, ids: numbered(10, number => `M${number}:2024`) },
  'owasp-masvs': {
    isWhole: false,
    ids: Object.entries(MASVS).flatMap(([group, last]) => numbered(last, number => `MASVS-${group}-${number}`)),
  },
  'owasp-cicd-top-10': { isWhole: true, ids: numbered(10, number => `CICD-SEC-${number}`) },
  'owasp-privacy-risks': { isWhole: true, ids: numbered(10, number => `P${number}:2021`) },
  'mitre-atlas': { isWhole: false, ids: techniques() },
  'eu-ai-act': { isWhole: false, ids: numbered(113, number => `Art. ${number}`) },
  spdx: { isWhole: false, ids: numbered(13, number => `Clause ${number}`) },
  cyclonedx: { isWhole: false, ids: partsOfCycloneDx('1.6').filter(part => partsOfCycloneDx('1.7').includes(part)) },
}

/** Where no list is short enough to be kept, the shape of an id. */
export const SHAPES: Readonly<Record<string, RegExp>> = {
  gdpr: /^Art\. [1-9]\d?(\(\d{1,2}\)(\([a-z]\))?)?$/,
}
