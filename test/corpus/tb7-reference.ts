/**
 * A second reading of templates, written to disagree where the product is wrong: it finds stencils and filters with regular
 * expressions and computes a filter's answer while reading it, without a tree, without kinds and without conditions.
 */
export type Reference = {
  readonly stencils: ReadonlyMap<string, ReferenceStencil>
  readonly threats: readonly { readonly id: string; readonly include: string; readonly exclude: string }[]
}

export type ReferenceStencil = {
  readonly id: string
  readonly name: string
  readonly parent: string
  readonly shape: string
  readonly attributes: readonly { readonly name: string; readonly title: string; readonly values: readonly string[] }[]
}

/** An object as the tool keeps it: its stencil, and the values of its attributes by internal name. */
export type Drawn = { readonly stencil: string; readonly values: ReadonlyMap<string, string> }
export type Situation = {
  readonly source: Drawn
  readonly target: Drawn
  readonly flow: Drawn
  readonly crossed: readonly { readonly stencil: string; readonly name: string }[]
}

export function referenceOf(xml: string): Reference {
  const stencils = blocks(xml, 'ElementType').map(block => ({
    id: tag(block, 'ID'),
    name: tag(block, 'Name'),
    parent: tag(block, 'ParentElement'),
    shape: tag(block, 'Representation'),
    attributes: blocks(block, 'Attribute').map(attribute => ({
      name: tag(attribute, 'Name'),
      title: tag(attribute, 'DisplayName'),
      values: blocks(attribute, 'Value').map(value => value.trim()),
    })),
  }))
  return {
    stencils: new Map(stencils.map(stencil => [stencil.id, stencil])),
    threats: blocks(xml, 'ThreatType').map(block => ({
      id: tag(block.replace(/<PropertiesMetaData>[\s\S]*/, ''), 'Id'),
      include: tag(block, 'Include'),
      exclude: tag(block, 'Exclude'),
    })),
  }
}

function blocks(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map(match => match[1] ?? '')
}

function tag(block: string, name: string): string {
  const text = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(block)?.[1] ?? ''
  return text.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>').trim()
}

/** The stencil and everything above it. */
export function lineage({ stencils }: Reference, id: string): readonly string[] {
  const above: string[] = []
  for (let at: string | undefined = id; at !== undefined && at !== 'ROOT' && above.length < 20; at = stencils.get(at)?.parent)
    above.push(at)
  return above
}

/** Whether the tool generates the threat: included and not excluded. */
export function generates(reference: Reference, threat: Reference['threats'][number], situation: Situation): boolean {
  return answer(reference, threat.include, situation) && !(threat.exclude !== '' && answer(reference, threat.exclude, situation))
}

/** Shunting-yard over `not` > `and` > `or`. */
function answer(reference: Reference, filter: string, situation: Situation): boolean {
  const answers: boolean[] = []
  const waiting: string[] = []
  const settle = () => {
    const operator = waiting.pop()
    const right = answers.pop() === true
    if (operator === 'not') answers.push(!right)
    else {
      const left = answers.pop() === true
      answers.push(operator === 'and' ? left && right : left || right)
    }
  }
  const rank = { or: 1, and: 2, not: 3 } as Readonly<Record<string, number>>
  for (const [piece, subject, verb, object] of filter.matchAll(
    /([\w.-]+)\s+(is|crosses)\s+'([^']*)'|\(|\)|\b(?:and|or|not)\b/g,
  )) {
    if (subject !== undefined) answers.push(holds(reference, { subject, verb: verb ?? '', object: object ?? '' }, situation))
    else if (piece === '(') waiting.push(piece)
    else if (piece === ')') {
      while (waiting.at(-1) !== '(') settle()
      waiting.pop()
    } else {
      while (piece !== 'not' && (rank[waiting.at(-1) ?? ''] ?? 0) >= (rank[piece] ?? 0)) settle()
      waiting.push(piece)
    }
  }
  while (waiting.length > 0) settle()
  return answers[0] === true
}

type Ask = { readonly subject: string; readonly verb: string; readonly object: string }

function holds(reference: Reference, { subject, verb, object }: Ask, situation: Situation): boolean {
  if (verb === 'crosses') return situation.crossed.some(({ stencil }) => lineage(reference, stencil).includes(object))
  const [part = '', ...attribute] = subject.split('.')
  const drawn = situation[part as 'source' | 'target' | 'flow']
  if (attribute.length === 0) return lineage(reference, drawn.stencil).includes(object)
  return drawn.values.get(attribute.join('.')) === object
}

/** Every attribute an object of this stencil has, its own before those from above. */
export function attributesOf(reference: Reference, id: string): readonly ReferenceStencil['attributes'][number][] {
  const all = lineage(reference, id).flatMap(above => reference.stencils.get(above)?.attributes ?? [])
  return all.filter((attribute, i) => all.findIndex(({ name }) => name === attribute.name) === i)
}
