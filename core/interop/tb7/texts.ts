import { lineOf, textOf } from '../reading/json-fields.ts'
import type { Tell } from './meaning.ts'
import type { ThreatType } from './template.ts'

/** Title and description of a rule, from what the template says of the threat. */
export type Texts = { readonly title: string; readonly description: string }

const MOST = 4000

/** The template's own words with our slots; what may help against the threat ends the description. */
export function textsOf({ id, title, description, fields }: ThreatType, tell: Tell): Texts {
  const told = {
    title: withSlots(title, tell),
    description: withSlots(description || (fields.UserThreatDescription ?? ''), tell),
  }
  const help = withSlots(withoutTags(fields.PossibleMitigations ?? ''), tell)
  const whole = [told.description || told.title, ...(help ? [`What the template proposes: ${help}`] : [])].join('\n\n')
  if (whole.length > MOST || told.title.length > MOST)
    tell('The end of a text', `Texts of rules have at most ${MOST} characters.`)
  return {
    title: lineOf(told.title, MOST) ?? lineOf(told.description, 200) ?? `Threat ${id}`,
    description: textOf(whole, MOST) ?? `Threat ${id}`,
  }
}

/** `{source.Name}` is our `{source}`; whatever else stands in braces would be asked for a value that nobody has. */
function withSlots(text: string, tell: Tell): string {
  return text.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const end = /^\s*(source|target|flow)\s*(\.\s*name\s*)?$/i.exec(name)?.[1]
    if (end) return `{${end.toLowerCase()}}`
    tell(`The value of {${name}}`, 'Texts of rules can name the source, the target and the flow only.')
    return `(${name})`
  })
}

/** Links become their address; it is what they show anyway. */
function withoutTags(text: string): string {
  return text
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
