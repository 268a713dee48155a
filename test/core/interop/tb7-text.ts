/** Small templates in the tool's own format. */
export type SmallThreat = {
  readonly id?: string
  readonly include?: string
  readonly exclude?: string
  readonly title?: string
  readonly description?: string
  readonly category?: string
  readonly fields?: Readonly<Record<string, string>>
}

/** A template with one stencil of each sort, one family of its own making and these threat types. */
export function templateText(
  threats: readonly SmallThreat[],
  more: { readonly head?: string; readonly categories?: string } = {},
): string {
  return `<?xml version="1.0" encoding="utf-8"?>
${more.head ?? ''}<KnowledgeBase>
  <Manifest name="Small template" id="5d1" version="1.2.3.4" author="Template team" />
  <GenericElements>
${stencil('GE.P', 'Generic Process', 'ROOT', 'Ellipse', 'hasInput|Sanitizes Input|Dynamic|Not Selected,Yes,No')}
${stencil('GE.DS', 'Generic Data Store', 'ROOT', 'ParallelLines', 'log|Stores Log Data|Dynamic|No,Yes')}
${stencil('GE.EI', 'Generic External Interactor', 'ROOT', 'Rectangle', 'itself|Authenticates Itself|Dynamic|No,Yes')}
${stencil('GE.DF', 'Generic Data Flow', 'ROOT', 'Line', 'conf|Provides Confidentiality|Dynamic|No,Yes')}
${stencil('GE.TB.L', 'Generic Line', 'ROOT', 'LineBoundary')}
${stencil('GE.TB.B', 'Generic Border', 'ROOT', 'BorderBoundary')}
${stencil('own', 'Pump', 'ROOT', 'Ellipse', 'mode|Mode|Dynamic|Off,On')}
  </GenericElements>
  <StandardElements>
${stencil('SE.P.Web', 'Web Server', 'GE.P', 'Inherited')}
${stencil('SE.P.Web.Admin', 'Admin Console', 'SE.P.Web', 'Inherited')}
${stencil('SE.DS.SQL', 'SQL Database', 'GE.DS', 'Inherited')}
${stencil('SE.DS.Round', 'Round Store', 'GE.DS', 'Ellipse')}
${stencil('SE.EI.Browser', 'Browser', 'GE.EI', 'Inherited')}
${stencil('SE.DF.HTTPS', 'HTTPS', 'GE.DF', 'Inherited', 'conf|Provides Confidentiality|Static|Yes')}
${stencil('SE.TB.Machine', 'Machine Trust Boundary', 'GE.TB.B', 'BorderBoundary')}
${stencil('own.fast', 'Fast Pump', 'own', 'Rectangle')}
  </StandardElements>
  <ThreatCategories>${more.categories ?? CATEGORIES}</ThreatCategories>
  <ThreatTypes>
${threats.map(threatText).join('\n')}
  </ThreatTypes>
</KnowledgeBase>
`
}

/** A category as templates state it. */
export function category(id: string, name: string, description = ''): string {
  return `<ThreatCategory><Name>${name}</Name><Id>${id}</Id><ShortDescription>${description}</ShortDescription></ThreatCategory>`
}

const CATEGORIES = [
  category('S', 'Spoofing'),
  category('T', 'Tampering'),
  category('D', 'Denial Of Service'),
  category('E', 'Elevation of Privileges'),
].join('')

/** Attributes are written `name|title|mode|values`. */
function stencil(...[id, name, parent, shape, ...attributes]: readonly string[]): string {
  const inner = attributes.map(attribute => {
    const [inside, title, mode, values = ''] = attribute.split('|')
    const list = values.split(',').map(value => `<Value>${value}</Value>`)
    return `<Attribute><Name>${inside}</Name><DisplayName>${title}</DisplayName><Mode>${mode}</Mode><AttributeValues>${list.join('')}</AttributeValues></Attribute>`
  })
  return `    <ElementType><Name>${name}</Name><ID>${id}</ID><ParentElement>${parent}</ParentElement><Image>iVBORw0KGgo=</Image><Representation>${shape}</Representation><Attributes>${inner.join('')}</Attributes></ElementType>`
}

function threatText({ id = 'X1', include = "source is 'GE.P'", exclude, title = 'A title', ...rest }: SmallThreat): string {
  const fields = Object.entries(rest.fields ?? {}).map(
    ([name, value]) => `<ThreatMetaDatum><Name>${name}</Name><Values><Value>${value}</Value></Values></ThreatMetaDatum>`,
  )
  return `<ThreatType>
<GenerationFilters>
<Include>${include}</Include>
${exclude === undefined ? '<Exclude />' : `<Exclude>${exclude}</Exclude>`}
</GenerationFilters>
<Id>${id}</Id><ShortTitle>${title}</ShortTitle><Category>${rest.category ?? 'T'}</Category><Description>${rest.description ?? 'What happens.'}</Description>
<PropertiesMetaData>${fields.join('')}</PropertiesMetaData>
</ThreatType>`
}
