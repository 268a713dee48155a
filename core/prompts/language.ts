import type { Control } from '../model/types.ts'

type Language = keyof Control['primitives']

/** Names people give the languages that controls know safe calls for. */
const NAMES: Readonly<Record<string, Language>> = {
  typescript: 'typescript',
  ts: 'typescript',
  javascript: 'typescript',
  js: 'typescript',
  node: 'typescript',
  'node.js': 'typescript',
  python: 'python',
  py: 'python',
  python3: 'python',
  java: 'java',
  kotlin: 'java',
  go: 'go',
  golang: 'go',
  csharp: 'csharp',
  'c#': 'csharp',
  '.net': 'csharp',
  dotnet: 'csharp',
  rust: 'rust',
}

/** The call to use and the one to avoid in the language of a work item, when the control knows it. */
export function primitiveFor(control: Control | undefined, language: string | undefined): Control['primitives'][Language] {
  const name = language === undefined ? undefined : NAMES[language.trim().toLowerCase()]
  return name === undefined ? undefined : control?.primitives[name]
}
