/**
 * The language of what the program proposes as content of a design, whatever language the window speaks: rules, controls and the reading
 * of requirements are in it (decision 0013). Where such a text stands in the window it is marked with this tag.
 */
export const PROPOSED = 'en'
