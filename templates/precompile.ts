import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Handlebars from 'handlebars'

/** Writes generated/templates.js: every template and partial compiled ahead of time, so that no page needs eval. */
export function precompile(folder: string): void {
  const out = path.join(folder, 'generated')
  mkdirSync(out, { recursive: true })
  const lines = ['', 'partials'].flatMap(sub => {
    const names = readdirSync(path.join(folder, sub)).filter(name => name.endsWith('.hbs'))
    return names.sort().map(name => specOf(path.join(folder, sub, name), sub === '' ? 'templates' : 'partials'))
  })
  const { text, places } = withPlaces(lines.join('\n'))
  writeFileSync(
    path.join(out, 'templates.js'),
    `const at = [\n${places.join(',\n')},\n]\nexport const templates = {}\nexport const partials = {}\nexport const sources = {}\n${text}\n`,
  )
  writeFileSync(
    path.join(out, 'templates.d.ts'),
    `/** Precompiled Handlebars templates by name. */\nexport const templates: Readonly<Record<string, unknown>>\n/** Precompiled partials by name. */\nexport const partials: Readonly<Record<string, unknown>>\n/** Source text by kind and name; a template is identified by its hash. */\nexport const sources: Readonly<Record<string, string>>\n`,
  )
}

function specOf(file: string, kind: 'templates' | 'partials'): string {
  const source = readFileSync(file, 'utf8')
  const name = path.basename(file, '.hbs')
  const spec = Handlebars.precompile(source, { strict: true, knownHelpersOnly: true, noEscape: true, srcName: '' })
  const code = typeof spec === 'string' ? spec : (spec as { code: string }).code
  return `${kind}[${JSON.stringify(name)}] = ${code}\nsources[${JSON.stringify(`${kind}/${name}`)}] = ${JSON.stringify(source)}`
}

/** The compiler writes where a name stands into every place that reads it, as an object made anew each time; here they are made once. */
function withPlaces(code: string): { readonly text: string; readonly places: readonly string[] } {
  const places = new Map<string, number>()
  const text = code.replace(
    /\{(?:"source":"",)?"start":\{"line":\d+,"column":\d+\},"end":\{"line":\d+,"column":\d+\}\}/g,
    place => {
      const index = places.get(place) ?? places.size
      places.set(place, index)
      return `at[${index}]`
    },
  )
  return { text, places: [...places.keys()] }
}
