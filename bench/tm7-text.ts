/** How large a model of the Microsoft Threat Modeling Tool is to be. */
export type Tm7Size = {
  /** Processes, data stores and external entities, in turn; a quarter as many flows cross a boundary as there are elements. */
  readonly elements: number
  /** Threats saved with each flow. */
  readonly threats?: number
  /** The embedded template is filled up until the file has about so many characters. */
  readonly characters?: number
}

const XMLNS = 'http://schemas.datacontract.org/2004/07/ThreatModeling'
const ARRAYS = 'xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays"'
const ABSTRACTS = `xmlns="${XMLNS}.Model.Abstracts"`
const SPELT = `xmlns:b="${XMLNS}.KnowledgeBase"`
const TEXT = 'xmlns:c="http://www.w3.org/2001/XMLSchema" i:type="c:string"'
/** Things on one drawing: more no screen shows. */
const ON_ONE = 60

/** A model as the tool writes it, with an embedded template of any size; the same size gives the same text. */
export function tm7Text({ elements, threats = 2, characters = 0 }: Tm7Size): string {
  const surfaces = Math.ceil(elements / ON_ONE)
  const model = [
    `<ThreatModel xmlns="${XMLNS}.Model" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><DrawingSurfaceList>`,
    ...range(surfaces).map(n => surfaceText(n, Math.min(ON_ONE, elements - n * ON_ONE))),
    '</DrawingSurfaceList><MetaInformation><Assumptions>The network is watched.</Assumptions><Contributors/><ExternalDependencies/><HighLevelSystemDescription>Sells things.</HighLevelSystemDescription><Owner>Security lead</Owner><Reviewer/><ThreatModelName>Large shop</ThreatModelName></MetaInformation><Notes/>',
    `<ThreatInstances ${ARRAYS}>`,
    ...range(elements).flatMap(n => (n % ON_ONE === 0 ? [] : range(threats).map(t => threatText(n, t)))),
    '</ThreatInstances><ThreatGenerationEnabled>true</ThreatGenerationEnabled><Version>4.3</Version>',
  ].join('')
  return `${model}${knowledgeText(characters - model.length)}<Profile><PromptedKb xmlns=""/></Profile></ThreatModel>`
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, n) => n)
}

function guid(sort: number, n: number): string {
  return `${sort.toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
}

const KINDS = [
  { shape: 'StencilEllipse', generic: 'GE.P', stencil: 'SE.P.0', name: 'Service' },
  { shape: 'StencilParallelLines', generic: 'GE.DS', stencil: 'SE.DS.0', name: 'Store' },
  { shape: 'StencilRectangle', generic: 'GE.EI', stencil: 'SE.EI.0', name: 'Customer' },
] as const

/** A grid of things, a box around its left half, and a flow from each thing to the next. */
function surfaceText(surface: number, count: number): string {
  const first = surface * ON_ONE
  const box = entry(guid(3, surface), 'BorderBoundary', 'GE.TB.B', 'GE.TB.B', `Zone ${surface}`, '', [10, 10, 560, 1400])
  const things = range(count).map(i => {
    const { shape, generic, stencil, name } = KINDS[i % KINDS.length] as (typeof KINDS)[number]
    const at = [30 + (i % 6) * 180, 30 + Math.floor(i / 6) * 130, 100, 100]
    return entry(
      guid(1, first + i),
      shape,
      generic,
      stencil,
      `${name} ${first + i}`,
      choice('Stores Credentials', 'No|Yes', i % 2),
      at,
    )
  })
  const lines = range(Math.max(0, count - 1)).map(i => flowText(first + i + 1))
  return `<DrawingSurfaceModel z:Id="s${surface}" xmlns:z="http://schemas.microsoft.com/2003/10/Serialization/"><GenericTypeId ${ABSTRACTS}>DRAWINGSURFACE</GenericTypeId><Guid ${ABSTRACTS}>${guid(4, surface)}</Guid><Properties ${ABSTRACTS} ${ARRAYS}>${text('Name', '', `Diagram ${surface + 1}`)}</Properties><TypeId ${ABSTRACTS}>DRAWINGSURFACE</TypeId><Borders ${ARRAYS}>${box}${things.join('')}</Borders><Header>Diagram ${surface + 1}</Header><Lines ${ARRAYS}>${lines.join('')}</Lines><Zoom>1</Zoom></DrawingSurfaceModel>`
}

function entry(
  id: string,
  shape: string,
  generic: string,
  stencil: string,
  ...rest: readonly [string, string, readonly number[]]
) {
  const [name, more, [left, top, width, height]] = rest
  const place = `<Height ${ABSTRACTS}>${height}</Height><Left ${ABSTRACTS}>${left}</Left><StrokeThickness ${ABSTRACTS}>1</StrokeThickness><Top ${ABSTRACTS}>${top}</Top><Width ${ABSTRACTS}>${width}</Width>`
  return figure(id, { shape, generic, stencil, name, more, place })
}

type Drawn = { readonly [key in 'shape' | 'generic' | 'stencil' | 'name' | 'more' | 'place']: string }

function figure(id: string, { shape, generic, stencil, name, more, place }: Drawn): string {
  const properties = `${heading(stencil)}${text('Name', '', name)}${flag('Out Of Scope', '71f3d9aa-b8ef-4e54-8126-607a1d903103')}${text('Reason For Out Of Scope', '752473b6-52d4-4776-9a24-202153f7d579', '')}${more}`
  return `<a:KeyValueOfguidanyType><a:Key>${id}</a:Key><a:Value z:Id="i${id}" i:type="${shape}"><GenericTypeId ${ABSTRACTS}>${generic}</GenericTypeId><Guid ${ABSTRACTS}>${id}</Guid><Properties ${ABSTRACTS}>${properties}</Properties><TypeId ${ABSTRACTS}>${stencil}</TypeId>${place}</a:Value></a:KeyValueOfguidanyType>`
}

/** Flow number n ends at thing number n and begins at the one before. */
function flowText(n: number): string {
  const point = (end: string, x: number) => `<${end}X ${ABSTRACTS}>${x}</${end}X><${end}Y ${ABSTRACTS}>80</${end}Y>`
  const place = `${point('Handle', 200)}<PortSource ${ABSTRACTS}>East</PortSource><PortTarget ${ABSTRACTS}>West</PortTarget><SourceGuid ${ABSTRACTS}>${guid(1, n - 1)}</SourceGuid>${point('Source', 120)}<TargetGuid ${ABSTRACTS}>${guid(1, n)}</TargetGuid>${point('Target', 280)}`
  const more = choice('Provides Confidentiality', 'No|Yes', n % 2)
  return figure(guid(2, n), { shape: 'Connector', generic: 'GE.DF', stencil: 'SE.DF.0', name: `Request ${n}`, more, place })
}

function heading(title: string): string {
  return `<a:anyType i:type="b:HeaderDisplayAttribute" ${SPELT}><b:DisplayName>${title}</b:DisplayName><b:Name/><b:Value i:nil="true"/></a:anyType>`
}

function text(title: string, id: string, value: string): string {
  return `<a:anyType i:type="b:StringDisplayAttribute" ${SPELT}><b:DisplayName>${title}</b:DisplayName><b:Name>${id}</b:Name><b:Value ${TEXT}>${value}</b:Value></a:anyType>`
}

function flag(title: string, id: string): string {
  return `<a:anyType i:type="b:BooleanDisplayAttribute" ${SPELT}><b:DisplayName>${title}</b:DisplayName><b:Name>${id}</b:Name><b:Value i:type="c:boolean" xmlns:c="http://www.w3.org/2001/XMLSchema">false</b:Value></a:anyType>`
}

function choice(title: string, options: string, chosen: number): string {
  const strings = options.split('|').map(option => `<a:string>${option}</a:string>`)
  return `<a:anyType i:type="b:ListDisplayAttribute" ${SPELT}><b:DisplayName>${title}</b:DisplayName><b:Name>${title.replaceAll(' ', '')}</b:Name><b:Value i:type="a:ArrayOfstring">${strings.join('')}</b:Value><b:SelectedIndex>${chosen}</b:SelectedIndex></a:anyType>`
}

const STATES = ['AutoGenerated', 'NeedsInvestigation', 'NotApplicable', 'Mitigated'] as const

function threatText(n: number, which: number): string {
  const [source, flow, target] = [guid(1, n - 1), guid(2, n), guid(1, n)]
  const state = STATES[(n + which) % STATES.length] as string
  const said =
    state === 'AutoGenerated'
      ? '<b:StateInformation i:nil="true"/>'
      : '<b:StateInformation>Looked at with the team.</b:StateInformation>'
  const pairs = Object.entries({
    Title: `Elevation by changing the execution flow of ${n}`,
    UserThreatCategory: which % 2 === 0 ? 'Tampering' : 'Elevation Of Privilege',
    UserThreatShortDescription: 'Tampering is the act of altering the bits.',
    UserThreatDescription: 'An attacker may pass data into {target.Name} in order to change the flow of its execution.',
    InteractionString: `Request ${n}`,
    PossibleMitigations: 'Check every input against a list of what is expected.',
    Priority: 'High',
  }).map(
    ([key, value]) => `<a:KeyValueOfstringstring><a:Key>${key}</a:Key><a:Value>${value}</a:Value></a:KeyValueOfstringstring>`,
  )
  return `<a:KeyValueOfstringThreatpc_P0_PhOB><a:Key>TH${which}${source}${flow}${target}</a:Key><a:Value ${SPELT}><b:ChangedBy>Security lead</b:ChangedBy><b:DrawingSurfaceGuid>${guid(4, Math.floor(n / ON_ONE))}</b:DrawingSurfaceGuid><b:FlowGuid>${flow}</b:FlowGuid><b:Id>${n}</b:Id><b:InteractionKey>${source}:${flow}:${target}</b:InteractionKey><b:InteractionString i:nil="true"/><b:ModifiedAt>2026-01-01T00:00:00</b:ModifiedAt><b:Priority>High</b:Priority><b:Properties>${pairs.join('')}</b:Properties><b:SourceGuid>${source}</b:SourceGuid><b:State>${state}</b:State>${said}<b:TargetGuid>${target}</b:TargetGuid><b:Title i:nil="true"/><b:TypeId>TH${which}</b:TypeId><b:Upgraded>false</b:Upgraded><b:Wide>false</b:Wide></a:Value></a:KeyValueOfstringThreatpc_P0_PhOB>`
}

/** An icon, as long as those of the public templates. */
const ICON = 'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAYAAAAf8/9hAAAABGdBTUEAALGP'.repeat(100)

/** A template: three generic stencils with one of each under them, then stencils with icons and rules until the length is reached. */
function knowledgeText(characters: number): string {
  const stencils = ['P', 'DS', 'EI', 'DF'].flatMap(sort => [
    stencilText(`GE.${sort}`, 'ROOT', sort),
    stencilText(`SE.${sort}.0`, `GE.${sort}`, `Plain ${sort}`),
  ])
  const types = ['TH0', 'TH1'].map(typeText)
  let length = [...stencils, ...types].join('').length
  for (let n = 1; length < characters; n++) {
    // Real templates hold three rules for each stencil; a reader reads at most five thousand stencils.
    const more = n <= 300 ? stencilText(`SE.P.${n}`, 'GE.P', `Service of sort ${n}`) : typeText(`TH${n}`)
    if (n <= 300) stencils.push(more)
    else types.push(more)
    length += more.length
  }
  const categories = ['Tampering', 'Elevation Of Privilege'].map(
    (name, i) =>
      `<a:ThreatCategory><a:Id>${'TE'.charAt(i)}</a:Id><a:Name>${name}</a:Name><a:ShortDescription>Tampering is the act of altering the bits.</a:ShortDescription></a:ThreatCategory>`,
  )
  return `<KnowledgeBase z:Id="kb" xmlns:a="${XMLNS}.KnowledgeBase" xmlns:z="http://schemas.microsoft.com/2003/10/Serialization/"><a:GenericElements/><a:Manifest><a:Author>Bench</a:Author><a:Id>b</a:Id><a:Name>Large template</a:Name><a:Version>1.0.0.0</a:Version></a:Manifest><a:StandardElements>${stencils.join('')}</a:StandardElements><a:ThreatCategories>${categories.join('')}</a:ThreatCategories><a:ThreatTypes>${types.join('')}</a:ThreatTypes></KnowledgeBase>`
}

function stencilText(id: string, parent: string, name: string): string {
  return `<a:ElementType><a:IsExtension>false</a:IsExtension><a:Attributes/><a:Description>What is drawn with it.</a:Description><a:Hidden>false</a:Hidden><a:Id>${id}</a:Id><a:ImageSource>${ICON}</a:ImageSource><a:Name>${name}</a:Name><a:ParentId>${parent}</a:ParentId><a:Representation>Inherited</a:Representation></a:ElementType>`
}

function typeText(id: string): string {
  const datum = (name: string) =>
    `<ThreatMetaDatum><Name>${name}</Name><Label>${name}</Label><HideFromUI>false</HideFromUI><Values><b:string>${'What may happen, and what to do about it. '.repeat(4)}</b:string></Values><Id>${id}</Id></ThreatMetaDatum>`
  return `<a:ThreatType><a:IsExtension>false</a:IsExtension><a:Category>T</a:Category><a:Description>What may happen.</a:Description><a:GenerationFilters><a:Exclude/><a:Include>source is 'GE.P' and target is 'GE.DS'</a:Include></a:GenerationFilters><a:Id>${id}</a:Id><a:PropertiesMetaData xmlns:b="http://schemas.microsoft.com/2003/10/Serialization/Arrays">${['Title', 'UserThreatDescription', 'Priority', 'PossibleMitigations'].map(datum).join('')}</a:PropertiesMetaData><a:RelatedCategory i:nil="true"/><a:ShortTitle>Something happens to ${id}</a:ShortTitle></a:ThreatType>`
}
