import { lossesOf } from '../../../core/interop/report.ts'
import { readTm7 } from '../../../core/interop/tm7/read.ts'
import type { Design } from '../../../core/model/types.ts'
import type { Problem } from '../../../core/support/result.ts'
import { expectSound, stamp } from './imported.ts'

/** Small models in the tool's own format; `p` is the prefix of lists, which differs from file to file. */
export type SmallModel = {
  readonly surfaces?: readonly string[]
  readonly meta?: string
  readonly notes?: string
  readonly threats?: readonly string[]
  readonly knowledge?: string
  readonly more?: string
}

export function modelText({ surfaces = [surface()], meta = '', notes = '', threats = [], ...rest }: SmallModel = {}): string {
  return `<ThreatModel xmlns="urn:model" xmlns:i="urn:instance" xmlns:z="urn:serialization" xmlns:a="urn:arrays" xmlns:b="urn:knowledge">
<DrawingSurfaceList>${surfaces.join('\n')}</DrawingSurfaceList>
<MetaInformation>${meta}</MetaInformation><Notes>${notes}</Notes>
<ThreatInstances>${threats.join('\n')}</ThreatInstances>
<ThreatGenerationEnabled>true</ThreatGenerationEnabled><Validations/><Version>4.3</Version>
${rest.knowledge ?? knowledge()}<Profile><PromptedKb xmlns=""/></Profile>${rest.more ?? ''}</ThreatModel>`
}

export type SmallSurface = {
  readonly guid?: string
  readonly name?: string
  readonly borders?: readonly string[]
  readonly lines?: readonly string[]
}

/** A shop: a browser, a service and a store, the latter two in a zone; a flow between each. */
export function surface({ guid = 'surface-1', name = 'Overview', ...drawn }: SmallSurface = {}): string {
  const {
    borders = [
      thing({ id: 'zone', shape: 'BorderBoundary', generic: 'GE.TB.B', name: 'Inside', at: [200, 0, 400, 200] }),
      thing({ id: 'browser', shape: 'StencilRectangle', generic: 'GE.EI', name: 'Browser', at: [0, 0, 100, 100] }),
      thing({ id: 'shop', name: 'Shop', at: [220, 20, 100, 100] }),
      thing({ id: 'orders', shape: 'StencilParallelLines', generic: 'GE.DS', name: 'Orders', at: [400, 20, 100, 100] }),
    ],
    lines = [line({ id: 'order', source: 'browser', target: 'shop', name: 'Order' })],
  } = drawn
  return `<DrawingSurfaceModel z:Id="d${guid}"><GenericTypeId>DRAWINGSURFACE</GenericTypeId><Guid>${guid}</Guid><Properties>${string('Name', name)}</Properties><Borders>${borders.join('')}</Borders><Header>Diagram</Header><Lines>${lines.join('')}</Lines><Zoom>1</Zoom></DrawingSurfaceModel>`
}

export type SmallThing = {
  readonly id?: string
  readonly key?: string
  readonly shape?: string
  readonly generic?: string
  readonly stencil?: string
  readonly name?: string
  readonly properties?: string
  /** Left, top, width and height; none when the file gives no coordinates. */
  readonly at?: readonly (number | string)[]
  readonly inner?: string
}

export function thing({ id = 'thing', shape = 'StencilEllipse', generic = 'GE.P', name = 'Thing', ...rest }: SmallThing): string {
  const { key = id, stencil = generic, properties = '', at, inner = '' } = rest
  const place = ['Left', 'Top', 'Width', 'Height'].map((tag, i) => (at ? `<${tag}>${at[i]}</${tag}>` : ''))
  return `<a:KeyValueOfguidanyType><a:Key>${key}</a:Key><a:Value z:Id="z${id}" i:type="${shape}"><GenericTypeId>${generic}</GenericTypeId><Guid>${id}</Guid><Properties>${header(stencil)}${string('Name', name)}${properties}</Properties><TypeId>${stencil}</TypeId>${place.join('')}${inner}</a:Value></a:KeyValueOfguidanyType>`
}

export type SmallLine = SmallThing & { readonly source?: string; readonly target?: string; readonly points?: boolean }

export function line({ source = '', target = '', points = true, ...rest }: SmallLine): string {
  const end = (word: string, guid: string, x: number) =>
    `${guid === '' ? '' : `<${word}Guid>${guid}</${word}Guid>`}${points ? `<${word}X>${x}</${word}X><${word}Y>${x}</${word}Y>` : ''}`
  const handle = points ? '<HandleX>15</HandleX><HandleY>16</HandleY>' : ''
  const inner = `${handle}${end('Source', source, 10)}${end('Target', target, 20)}`
  return thing({ shape: 'Connector', generic: 'GE.DF', ...rest, inner })
}

export function header(title: string): string {
  return `<a:anyType i:type="b:HeaderDisplayAttribute"><b:DisplayName>${title}</b:DisplayName><b:Name/><b:Value i:nil="true"/></a:anyType>`
}

export function string(title: string, value: string, id = ''): string {
  return `<a:anyType i:type="b:StringDisplayAttribute"><b:DisplayName>${title}</b:DisplayName><b:Name>${id}</b:Name><b:Value i:type="c:string">${value}</b:Value></a:anyType>`
}

export function flag(title: string, value: boolean | string, id = ''): string {
  return `<a:anyType i:type="b:BooleanDisplayAttribute"><b:DisplayName>${title}</b:DisplayName><b:Name>${id}</b:Name><b:Value>${value}</b:Value></a:anyType>`
}

/** A choice written `No|Yes`; a fixed one belongs to the stencil. */
export function choice(title: string, options: string, chosen: number | string, isFixed = false): string {
  const strings = options.split('|').map(option => `<a:string>${option}</a:string>`)
  return `<a:anyType i:type="b:${isFixed ? 'Static' : ''}ListDisplayAttribute"><b:DisplayName>${title}</b:DisplayName><b:Name>${title}-id</b:Name><b:Value i:type="a:ArrayOfstring">${strings.join('')}</b:Value><b:SelectedIndex>${chosen}</b:SelectedIndex></a:anyType>`
}

export type SmallThreat = {
  readonly type?: string
  readonly on?: readonly [source: string, flow: string, target: string]
  readonly state?: string
  readonly fields?: string
  readonly properties?: Readonly<Record<string, string>>
}

const SAID = { Title: 'Somebody reads it', UserThreatCategory: 'Information Disclosure', UserThreatDescription: 'On the wire.' }

export function threat({
  type = 'T1',
  on = ['browser', 'order', 'shop'],
  state = 'AutoGenerated',
  ...rest
}: SmallThreat = {}): string {
  const pairs = Object.entries(rest.properties ?? SAID).map(
    ([key, value]) => `<a:KeyValueOfstringstring><a:Key>${key}</a:Key><a:Value>${value}</a:Value></a:KeyValueOfstringstring>`,
  )
  const [source, flow, target] = on
  return `<a:KeyValueOfstringThreatpc_P0_PhOB><a:Key>${type}${source}${flow}${target}</a:Key><a:Value><b:DrawingSurfaceGuid>surface-1</b:DrawingSurfaceGuid><b:FlowGuid>${flow}</b:FlowGuid><b:Id>7</b:Id><b:InteractionKey>${source}:${flow}:${target}</b:InteractionKey><b:ModifiedAt>0001-01-01T00:00:00</b:ModifiedAt><b:Properties>${pairs.join('')}</b:Properties><b:SourceGuid>${source}</b:SourceGuid><b:State>${state}</b:State><b:TargetGuid>${target}</b:TargetGuid><b:Title i:nil="true"/><b:TypeId>${type}</b:TypeId>${rest.fields ?? ''}</a:Value></a:KeyValueOfstringThreatpc_P0_PhOB>`
}

/** A template with names to look up, and much that is passed over. */
export function knowledge(more = ''): string {
  return `<KnowledgeBase z:Id="kb" xmlns:a="urn:knowledge"><a:GenericElements><a:ElementType><a:Id>GE.P</a:Id><a:Name>Generic Process</a:Name></a:ElementType></a:GenericElements>
<a:Manifest><a:Author>Template team</a:Author><a:Id>5d1</a:Id><a:Name>Small template</a:Name><a:Version>1.2.3.4</a:Version></a:Manifest>
<a:StandardElements><a:ElementType><a:Attributes><a:Attribute><a:Id>no</a:Id></a:Attribute></a:Attributes><a:Id>SE.P.Web</a:Id><a:ImageSource>iVBORw0KGgo=</a:ImageSource><a:Name>Web Server</a:Name></a:ElementType>${more}</a:StandardElements>
<a:ThreatCategories><a:ThreatCategory><a:Id>I</a:Id><a:Name>Information Disclosure</a:Name><a:ShortDescription>Exposing information.</a:ShortDescription></a:ThreatCategory><a:ThreatCategory><a:Id>A</a:Id><a:Name>Abuse</a:Name></a:ThreatCategory></a:ThreatCategories>
<a:ThreatMetaData><PropertiesMetaData><ThreatMetaDatum><Name>2ca6</Name><Label>Effort</Label></ThreatMetaDatum></PropertiesMetaData></a:ThreatMetaData>
<a:ThreatTypes><a:ThreatType><a:Category>I</a:Category><a:Id>T9</a:Id><a:ShortTitle>Read by {target.Name}</a:ShortTitle><a:Description><b/></a:Description></a:ThreatType></a:ThreatTypes></KnowledgeBase>`
}

/** What a model becomes, which must be sound. */
export function read(text: string, file = 'model.tm7') {
  const answer = readTm7(file, text, stamp)
  if (!answer.ok) throw new Error(answer.problems[0].message)
  const { design, report, formatVersion } = answer.value
  expectSound(design)
  return { design, formatVersion, losses: lossesOf(report), problems: report.problems }
}

/** A design, or the code of the one problem it was refused for. */
export function soundOrCode(text: string): Design | string {
  const answer = readTm7('model.tm7', text, stamp)
  if (answer.ok) {
    expectSound(answer.value.design)
    return answer.value.design
  }
  return refusalOf(text).code
}

/** The one problem of a refusal, which must be complete. */
export function refusalOf(text: string): Problem {
  const answer = readTm7('model.tm7', text, stamp)
  if (answer.ok) throw new Error('it was read')
  const [problem, ...others] = answer.problems
  const isWhole =
    /^model\.tm7(:\d+:\d+)?$/.test(problem.at ?? '') &&
    /^[A-Z].{9,300}\.$/s.test(problem.message) &&
    /\.$/.test(problem.cure ?? '')
  if (others.length > 0 || problem.severity !== 'error' || !isWhole) throw new Error(JSON.stringify(answer.problems))
  return problem
}
