import type { Drawn, Situation } from './tb7-reference.ts'

/** What the tool itself keeps of a drawing: its interactions, and the threats it generated as `<interaction> <threat type>`. */
export function drawnInTool(xml: string): { readonly situations: readonly Situation[]; readonly threats: readonly string[] } {
  const surface = /<DrawingSurfaceList[\s\S]*?<\/DrawingSurfaceList>/.exec(xml)?.[0] ?? ''
  const things = surface
    .split(/(?=<a:KeyValueOfguidanyType>)/)
    .slice(1)
    .map(thingOf)
  const boxes = things.filter(({ type }) => type === 'BorderBoundary')
  const at = (guid: string) => things.find(thing => thing.guid === guid)
  const lines = things.filter(({ type, source, target }) => type === 'Connector' && at(source) && at(target))
  const situations = lines.map(line => {
    const source = at(line.source) as Thing
    const target = at(line.target) as Thing
    const crossed = boxes
      .filter(box => isInside(source, box) !== isInside(target, box))
      .map(box => ({ stencil: box.drawn.stencil, name: box.name }))
    return { source: source.drawn, target: target.drawn, flow: line.drawn, crossed }
  })
  const instances = /<ThreatInstances[\s\S]*?<\/ThreatInstances>/.exec(xml)?.[0] ?? ''
  const threats = instances
    .split(/(?=<a:KeyValueOfstringThreatpc_P0_PhOB>)/)
    .slice(1)
    .map(instance => {
      const flow = field(instance, 'b:InteractionKey').split(':')[1] ?? ''
      return `${lines.findIndex(line => line.guid === flow)} ${field(instance, 'b:TypeId')}`
    })
  return { situations, threats }
}

type Thing = {
  readonly type: string
  readonly guid: string
  readonly name: string
  readonly source: string
  readonly target: string
  readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
  readonly drawn: Drawn
}

function thingOf(xml: string): Thing {
  const lists = xml.split(/(?=<a:anyType )/).filter(part => /^<a:anyType i:type="b:\w*ListDisplayAttribute"/.test(part))
  const values = lists.map(list => {
    const options = [...list.matchAll(/<a:string>([\s\S]*?)<\/a:string>/g)].map(match =>
      (match[1] ?? '').replaceAll('&amp;', '&'),
    )
    return [field(list, 'b:Name'), (options[Number(field(list, 'b:SelectedIndex'))] ?? '').trim()] as const
  })
  const number = (name: string) => Number(field(xml, name))
  return {
    type: /<a:Value [^>]*i:type="(\w+)"/.exec(xml)?.[1] ?? '',
    guid: field(xml, 'Guid'),
    name: /<b:DisplayName>Name<\/b:DisplayName><b:Name\/><b:Value [^>]*>([^<]*)</.exec(xml)?.[1] ?? '',
    source: field(xml, 'SourceGuid'),
    target: field(xml, 'TargetGuid'),
    box: { left: number('Left'), top: number('Top'), width: number('Width'), height: number('Height') },
    drawn: { stencil: field(xml, 'TypeId'), values: new Map(values) },
  }
}

function field(xml: string, name: string): string {
  return new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''
}

/** By its middle. */
function isInside({ box: inner }: Thing, { box }: Thing): boolean {
  const x = inner.left + inner.width / 2
  const y = inner.top + inner.height / 2
  return x > box.left && x < box.left + box.width && y > box.top && y < box.top + box.height
}
