/** Counts straight from the text of a .tm7, written without a look at the importer and without a reader of XML. */
export const counts: Readonly<Record<string, (text: string) => Readonly<Record<string, number>>>> = { tm7: rawCounts }

type Entry = {
  readonly text: string
  readonly kind: string
  readonly guid: string
  readonly ends: readonly string[]
  readonly box: readonly (number | undefined)[]
}

function entriesOf(text: string): readonly Entry[] {
  return (section(text, 'DrawingSurfaceList')[0] ?? '')
    .split('<a:KeyValueOfguidanyType>')
    .slice(1)
    .map(entry => ({
      text: entry,
      kind: kindOf(/<a:Value[^>]* i:type="(\w+)"/.exec(entry)?.[1] ?? '', field(entry, 'GenericTypeId')),
      guid: field(entry, 'Guid'),
      ends: [field(entry, 'SourceGuid'), field(entry, 'TargetGuid')],
      box: ['Left', 'Top', 'Width', 'Height'].map(name => {
        const number = field(entry, name)
        return number === '' ? undefined : Number(number)
      }),
    }))
}

/** Microsoft's families are called GE.P and so on; those of other templates have ids that say nothing. */
function kindOf(shape: string, generic: string): string {
  const families: Readonly<Record<string, string>> = { 'GE.P': 'process', 'GE.DS': 'store', 'GE.EI': 'entity' }
  const shapes: Readonly<Record<string, string>> = {
    StencilEllipse: 'process',
    StencilParallelLines: 'store',
    StencilRectangle: 'entity',
    Connector: 'flow',
    BorderBoundary: 'border',
    LineBoundary: 'line',
  }
  return families[generic] ?? shapes[shape] ?? shape
}

function section(text: string, name: string): readonly string[] {
  return [...text.matchAll(new RegExp(`<${name}(?: [^>]*)?>[\\s\\S]*?</${name}>`, 'g'))].map(match => match[0])
}

function field(text: string, name: string): string {
  return (new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?>([^<]*)</(?:\\w+:)?${name}>`).exec(text)?.[1] ?? '').trim()
}

function threatsOf(text: string): readonly string[] {
  return (section(text, 'ThreatInstances')[0] ?? '').split(/<a:KeyValueOfstringThreat\w*>/).slice(1)
}

function isBox({ kind, box }: Entry): boolean {
  return kind === 'border' && box.every(number => number !== undefined)
}

function rawCounts(text: string): Readonly<Record<string, number>> {
  const entries = entriesOf(text)
  const threats = threatsOf(text)
  const of = (...kinds: readonly string[]) => entries.filter(({ kind }) => kinds.includes(kind)).length
  const state = (threat: string) => field(threat, 'State')
  const isOwned = field(section(text, 'MetaInformation')[0] ?? '', 'Owner') !== ''
  return {
    elements: of('process', 'store', 'entity'),
    processes: of('process'),
    dataStores: of('store'),
    externalEntities: of('entity'),
    flows: of('flow'),
    boundaries: entries.filter(isBox).length,
    unresolvedBoundaries: of('border', 'line') - entries.filter(isBox).length,
    dataAssets: 0,
    threats: threats.length,
    mitigations: threats.filter(threat => state(threat) === 'Mitigated' && field(threat, 'StateInformation') !== '').length,
    acceptances: threats.filter(threat => state(threat) === 'NotApplicable' && (isOwned || field(threat, 'ChangedBy') !== ''))
      .length,
    requirements: 0,
    diagrams: section(text, 'DrawingSurfaceModel').length,
  }
}

/** What the file joins: ends of flows on elements, elements within a border, threats on drawn flows, and what has a place. */
export function rawJoints(text: string): Readonly<Record<string, number>> {
  const entries = entriesOf(text)
  const elements = entries.filter(({ kind }) => /process|store|entity/.test(kind))
  const flows = entries.filter(({ kind }) => kind === 'flow')
  const ids = new Set(elements.map(({ guid }) => guid))
  const boxes = entries.filter(isBox).map(({ box }) => box as readonly number[])
  const isInside = ({ box }: Entry) => {
    const [left = Number.NaN, top = Number.NaN, width = Number.NaN, height = Number.NaN] = box
    return boxes.some(
      ([x = 0, y = 0, w = 0, h = 0]) =>
        left + width / 2 > x && left + width / 2 < x + w && top + height / 2 > y && top + height / 2 < y + h,
    )
  }
  return {
    ends: flows.flatMap(({ ends }) => ends).filter(guid => ids.has(guid)).length,
    enclosed: elements.filter(isInside).length,
    threatened: threatsOf(text).filter(threat => flows.some(({ guid }) => guid === field(threat, 'FlowGuid'))).length,
    placed: entries.filter(({ box }) => box[0] !== undefined && box[1] !== undefined).length,
    bent: entries.filter(({ text: entry }) => field(entry, 'HandleX') !== '').length,
  }
}

/** What people and templates wrote of drawn things and threats, and what was chosen from lists. */
export function rawTexts(text: string): readonly string[] {
  const entries = entriesOf(text)
  const properties = entries.flatMap(({ text: entry }) => entry.split('<a:anyType ').slice(1))
  const written = properties
    .filter(property => /^[^>]*String/.test(property))
    .map(property => field(property, 'Value'))
    .filter(value => value !== '0')
  const chosen = properties
    .filter(property => /^[^>]*List/.test(property))
    .map(property => {
      const options = [...property.matchAll(/<a:string>([^<]*)</g)].map(match => (match[1] ?? '').trim())
      return options[Number(field(property, 'SelectedIndex'))] ?? ''
    })
  const pairs = threatsOf(text).flatMap(threat => [...threat.matchAll(/<a:Key>([^<]*)<\/a:Key><a:Value>([^<]*)<\/a:Value>/g)])
  const threats = pairs
    .filter(([, key]) => !/^(InteractionString|UserThreatShortDescription)$/.test(key ?? ''))
    .map(match => match[2] ?? '')
  const meta = [...(section(text, 'MetaInformation')[0] ?? '').matchAll(/>([^<>]+)</g)].map(match => match[1] ?? '')
  const notes = [...(section(text, 'Notes')[0] ?? '').matchAll(/>([^<>]+)</g)].map(match => match[1] ?? '')
  const stencils = entries.map(({ text: entry }) => field(entry.replace(/<Properties[\s\S]*<\/Properties>/, ''), 'TypeId'))
  return [...written, ...chosen, ...threats, ...meta, ...notes, ...stencils]
    .map(value => value.trim())
    .filter(value => value !== '')
}

/** Whether a place of the report stands in the file: each of its steps is an element that the file holds so often. */
export function isPlaceIn(text: string): (at: string) => boolean {
  const known = new Map<string, number>()
  const countOf = (name: string) => {
    if (!known.has(name)) known.set(name, [...text.matchAll(new RegExp(`<(?:\\w+:)?${name}[ >/]`, 'g'))].length)
    return known.get(name) ?? 0
  }
  return at =>
    at.startsWith('/ThreatModel/') &&
    at
      .slice(1)
      .split('/')
      .every(step => {
        const [, name = '', index] = /^(\w+)(?:\[(\d+)\])?$/.exec(step) ?? []
        return countOf(name) >= Number(index ?? 1)
      })
}
