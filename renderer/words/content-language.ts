/**
 * The language of what the program proposes as content of a design or writes out from it, whatever language the window speaks: rules,
 * controls, prompts, reports and the reading of requirements are in it (decision 0013). Where such a text stands in the window it is
 * marked with this tag.
 */
export const CONTENT_LANGUAGE = 'en'
