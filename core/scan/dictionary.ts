import type { Design } from '../model/types.ts'

/** Words of the team that stay inside: names of customers and projects, keys of the ticket system. */
export type Dictionary = { readonly words?: readonly string[]; readonly ticketKeys?: readonly string[] }

/** The words that the team of a design keeps to itself. */
export function dictionaryOf(design: Pick<Design, 'settings'>): Dictionary | undefined {
  const { insideWords = {}, ticketKeys = {} } = design.settings.design ?? {}
  const dictionary = { words: Object.keys(insideWords), ticketKeys: Object.keys(ticketKeys) }
  return dictionary.words.length + dictionary.ticketKeys.length > 0 ? dictionary : undefined
}
