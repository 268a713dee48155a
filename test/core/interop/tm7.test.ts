import { describe, expect, test } from 'vitest'
import { importModel } from '../../../core/interop/import.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { folderOf } from '../../../core/model/write.ts'
import { named, stamp } from './imported.ts'
import { choice, flag, knowledge, line, modelText, read, string, surface, thing, threat } from './tm7-text.ts'

const told = (losses: readonly { readonly what: string }[]) => losses.map(({ what }) => what)

describe('what is drawn', () => {
  test('is told apart by its family, joined by its ids, and lies in the box around its middle', () => {
    const { design, formatVersion } = read(modelText())
    const zone = named(design.boundaries, 'Inside')
    expect(formatVersion).toBe('4.3')
    expect(zone).toMatchObject({ membership: 'geometry', kind: 'unknown' })
    expect(named(design.elements, 'Browser')).toMatchObject({ kind: 'externalEntity' })
    expect(named(design.elements, 'Browser').boundary).toBeUndefined()
    expect(named(design.elements, 'Shop')).toMatchObject({ kind: 'process', boundary: zone.id })
    expect(named(design.elements, 'Orders')).toMatchObject({ kind: 'dataStore', boundary: zone.id })
    expect(named(design.flows, 'Order')).toMatchObject({
      source: named(design.elements, 'Browser').id,
      target: named(design.elements, 'Shop').id,
      provenance: { kind: 'import', tool: 'Microsoft Threat Modeling Tool 4.3', file: 'model.tm7', originalId: 'order' },
    })
    const page = named(design.diagrams, 'Overview')
    expect(design.layout[`${page.id}.${named(design.elements, 'Shop').id}`]).toMatchObject({ x: 220, y: 20, width: 100 })
    expect(design.layout[`${page.id}.${named(design.flows, 'Order').id}`]?.vertices).toEqual([{ x: 15, y: 16 }])
  })

  test('reads the same under any prefixes, line endings and indentation, and from any file name', () => {
    const text = modelText({ threats: [threat()] })
    const other = text
      .replaceAll('a:', 'arrays:')
      .replaceAll('xmlns:a=', 'xmlns:arrays=')
      .replaceAll('b:', 'kb4:')
      .replaceAll('z:', 'ser:')
      .replaceAll(' i:', ' xsi:')
      .replace(/<(\/?)(ThreatModel|DrawingSurfaceList|Borders|ThreatInstances)/g, '<$1m:$2')
    const indented = text.replace(/></g, '>\r\n\t<').replace(/<Guid>(.*?)<\/Guid>/g, '<Guid>$1\r\n\t\t</Guid>')
    const plain = folderOf(read(text).design)
    expect(folderOf(read(other).design)).toEqual(plain)
    expect(folderOf(read(`\uFEFF<?xml version="1.0" encoding="utf-16"?>\r\n<!-- by hand -->${other}`).design)).toEqual(plain)
    expect(folderOf(read(indented).design)).toEqual(plain)
    expect([...folderOf(read(text, 'other.tm7').design).keys()]).toEqual([...plain.keys()])
  })

  test('several drawings become several diagrams, and ids of one do not meet those of another', () => {
    const second = surface({ guid: 'surface-2', name: 'Payment', borders: [thing({ id: 'shop', name: 'Till' })], lines: [] })
    const { design } = read(modelText({ surfaces: [surface(), second] }))
    expect(
      rowsOf(design.diagrams)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['Overview', 'Payment'])
    expect(named(design.diagrams, 'Payment').elements).toEqual({ [named(design.elements, 'Till').id]: true })
    expect(named(design.elements, 'Till').id).not.toBe(named(design.elements, 'Shop').id)
  })

  test('a line encloses nothing: it stays a question', () => {
    const curve = line({ id: 'net', shape: 'LineBoundary', generic: 'GE.TB.L', stencil: 'SE.TB.L', name: 'Internet' })
    const { design, losses } = read(modelText({ surfaces: [surface({ lines: [curve] })] }))
    expect(named(design.boundaries, 'Internet').membership).toBe('unresolved')
    const page = named(design.diagrams, 'Overview')
    expect(design.layout[`${page.id}.${named(design.boundaries, 'Internet').id}`]).toMatchObject({
      start: { x: 10, y: 10 },
      end: { x: 20, y: 20 },
    })
    expect(losses).toContainEqual(
      expect.objectContaining({
        at: '/ThreatModel/DrawingSurfaceList/DrawingSurfaceModel[1]/Lines/KeyValueOfguidanyType[1]',
        what: 'Trust boundary "Internet", drawn as an open curve',
      }),
    )
  })

  test('without coordinates and names it comes in all the same', () => {
    const borders = [thing({ id: 'a', name: '' }), thing({ id: 'box', shape: 'BorderBoundary', generic: 'GE.TB.B', name: ' ' })]
    const lines = [line({ id: 'f', source: 'a', target: 'a', name: '', points: false })]
    const { design, losses } = read(modelText({ surfaces: [surface({ borders, lines, name: '' })] }))
    expect(named(design.elements, 'Unnamed process').boundary).toBeUndefined()
    expect(named(design.boundaries, 'Unnamed trust boundary').membership).toBe('unresolved')
    expect(named(design.flows, 'Unnamed data flow').source).toBe(named(design.elements, 'Unnamed process').id)
    expect(named(design.diagrams, 'Diagram').name).toBe('Diagram')
    expect(design.layout).toEqual({})
    expect(told(losses)).toEqual(expect.arrayContaining(['Position of 1 element', 'Name of 1 process', 'Name of 1 data flow']))
  })

  test('numbers are read as .NET writes them, and what is no number or beyond all drawings is none', () => {
    const cases = [
      ['1.5E+02', 150],
      ['-12.25', -12.25],
      ['5.6E-05', 0.000056],
      ['NaN', undefined],
      ['1E+300', undefined],
    ] as const
    for (const [written, x] of cases) {
      const { design } = read(modelText({ surfaces: [surface({ borders: [thing({ at: [written, 1, 10, 10] })], lines: [] })] }))
      expect(rowsOf(design.layout)[0]?.x, written).toBe(x)
    }
  })

  test('ends that lead nowhere hang loose, and zeros name nothing', () => {
    const lines = [
      line({ id: 'f1', source: '00000000-0000-0000-0000-000000000000', target: 'shop', name: 'From nowhere' }),
      line({ id: 'f2', source: 'shop', target: 'gone', name: 'To what is gone' }),
    ]
    const { losses, problems } = read(modelText({ surfaces: [surface({ lines })] }))
    expect(problems.map(({ code }) => code)).toEqual(['import.looseEnd', 'import.looseEnd'])
    const ends = losses.filter(({ what }) => /^(Source|Target) of/.test(what))
    expect(ends).toEqual([
      {
        at: '/ThreatModel/DrawingSurfaceList/DrawingSurfaceModel[1]/Lines/KeyValueOfguidanyType[2]/Value/TargetGuid',
        what: 'Target of Data flow "To what is gone"',
        why: 'It names gone, which is no element of this diagram.',
      },
    ])
  })

  test('ends may name the key of an entry where its id differs', () => {
    const borders = [thing({ id: 'one', key: 'eins', name: 'One' }), thing({ id: 'two', name: 'Two' })]
    const { design } = read(
      modelText({ surfaces: [surface({ borders, lines: [line({ id: 'f', source: 'eins', target: 'two', name: 'F' })] })] }),
    )
    expect(named(design.flows, 'F').source).toBe(named(design.elements, 'One').id)
  })

  test('where a template has families of its own, the shape tells the kind, and the report says so', () => {
    const borders = [
      thing({ id: 'a', generic: 'c8bb', shape: 'StencilRectangle', name: 'Chip' }),
      thing({ id: 'b', generic: 'GE.DS', shape: 'StencilRectangle', name: 'Disk' }),
      thing({ id: 'c', generic: '0683', shape: 'BorderBoundary', name: 'Case', at: [0, 0, 10, 10] }),
    ]
    const { design, losses } = read(modelText({ surfaces: [surface({ borders, lines: [] })] }))
    expect(named(design.elements, 'Chip').kind).toBe('externalEntity')
    expect(named(design.elements, 'Disk').kind).toBe('dataStore')
    expect(named(design.boundaries, 'Case').membership).toBe('geometry')
    expect(told(losses)).toContain('Kind of 1 element')
  })

  test('a drawn text and a shape nobody knows are kept with their diagram', () => {
    const borders = [
      thing({ id: 'a', generic: 'GE.A', shape: 'StencilAnnotation', name: 'Remember this' }),
      thing({ id: 'b', generic: 'x', shape: 'StencilStar', name: 'Star', properties: string('Points', '5') }),
    ]
    const { design, losses } = read(modelText({ surfaces: [surface({ borders, lines: [] })] }))
    expect(design.elements).toEqual({})
    expect(named(design.diagrams, 'Overview').foreign).toMatchObject({
      things: [{ name: 'Remember this' }, { shape: 'StencilStar', properties: { Points: '5' } }],
    })
    expect(told(losses)).toEqual(expect.arrayContaining(['Text "Remember this"', 'Shape "StencilStar" "Star"']))
  })
})

describe('properties', () => {
  const readOne = (properties: string, more: Parameters<typeof thing>[0] = {}) => {
    const borders = [thing({ properties, ...more })]
    const { design, losses } = read(modelText({ surfaces: [surface({ borders, lines: [] })] }))
    return { row: rowsOf(design.elements)[0], losses }
  }
  const readFlow = (properties: string, more: Parameters<typeof line>[0] = {}) =>
    rowsOf(read(modelText({ surfaces: [surface({ borders: [], lines: [line({ properties, ...more })] })] })).design.flows)[0]

  test('out of scope comes with its reason, in any language of the tool', () => {
    const ids = ['71f3d9aa-b8ef-4e54-8126-607a1d903103', '752473b6-52d4-4776-9a24-202153f7d579'] as const
    expect(
      readOne(flag('Out Of Scope', true, ids[0]) + string('Reason For Out Of Scope', 'Bought', ids[1])).row?.outOfScope,
    ).toBe('Bought')
    expect(readOne(flag('Hors périmètre', true, ids[0]) + string('Raison', 'Acheté', ids[1])).row?.outOfScope).toBe('Acheté')
    expect(readOne(flag('Out Of Scope', 'true')).row?.outOfScope).toBe('No reason stated.')
    const back = readOne(flag('Out Of Scope', false) + string('Reason For Out Of Scope', 'Was bought')).row
    expect(back?.outOfScope).toBeUndefined()
    expect(back?.foreign).toEqual({ properties: { type: 'GE.P', 'Reason For Out Of Scope': 'Was bought' } })
  })

  test('stand under the names that rules of a template ask for, untouched or not', () => {
    const { row } = readOne(
      choice('Storage Type', 'Select| Blob |Queue', 1) +
        choice('CORS', 'Select|Yes', 0) +
        string('Team', 'Blue', 't') +
        flag('Audited', true),
      { stencil: 'SE.P.Web' },
    )
    expect(row?.technology).toBe('Web Server')
    expect(row?.foreign).toEqual({
      stencil: 'Web Server',
      properties: { type: 'SE.P.Web', 'Storage Type': 'Blob', CORS: 'Select', Team: 'Blue', Audited: 'true' },
    })
  })

  test.each([
    ['what nobody touched is unknown', choice('Sanitizes Input', 'No|Yes', 0), undefined],
    ['an answer counts', choice('Sanitizes Input', 'Not Selected|Yes|No', 2), { validatesInput: 'no' }],
    ['what the stencil fixes counts', choice('Sanitizes Output', 'Yes', 0, true), { encodesOutput: 'yes' }],
    [
      'an account that may do anything',
      choice('Running As', 'Not Selected|Kernel|Local Service', 1),
      { runsAsPrivileged: 'yes' },
    ],
    ['an account of which nobody can tell', choice('Running As', 'Not Selected|Kernel|Local Service', 2), undefined],
    ['a property of another kind of thing', choice('Stores Credentials', 'No|Yes', 1), undefined],
    ['an index beyond the choices', choice('Sanitizes Input', 'No|Yes', 7), undefined],
    ['an index that is no number', choice('Sanitizes Input', 'No|Yes', '__proto__'), undefined],
  ])('%s', (_, properties, attributes) => {
    expect(readOne(properties).row?.attributes).toEqual(attributes)
  })

  test('a flow is encrypted if it says so, and authenticated only if both ends are', () => {
    const both = choice('Source Authenticated', 'Not Selected|No|Yes', 2) + choice('Destination Authenticated', 'No|Yes', 1)
    expect(readFlow(choice('Provides Confidentiality', 'Yes', 0, true) + both)).toMatchObject({
      encryption: 'yes',
      authentication: 'yes',
    })
    expect(readFlow(choice('Destination Authenticated', 'Yes', 0, true))?.authentication).toBeUndefined()
    expect(readFlow(choice('Source Authenticated', 'Not Selected|No|Yes', 1))?.authentication).toBe('no')
    expect(readFlow(choice('Provides Integrity', 'No|Yes', 1))?.encryption).toBeUndefined()
  })

  test('a stencil named after a protocol is one; a request is none', () => {
    const named = (name: string) => `<a:ElementType><a:Id>SE.DF.X</a:Id><a:Name>${name}</a:Name></a:ElementType>`
    const flowOf = (name: string) => {
      const surfaces = [surface({ borders: [], lines: [line({ stencil: 'SE.DF.X', name: 'F' })] })]
      return rowsOf(read(modelText({ surfaces, knowledge: knowledge(named(name)) })).design.flows)[0]
    }
    expect(flowOf('HTTPS')).toMatchObject({ protocol: 'HTTPS', foreign: { stencil: 'HTTPS' } })
    expect(flowOf('Request')?.protocol).toBeUndefined()
  })

  test('a boundary of a known stencil says what makes trust change there', () => {
    const more = '<a:ElementType><a:Id>SE.TB.M</a:Id><a:Name>Machine Trust Boundary</a:Name></a:ElementType>'
    const borders = [thing({ shape: 'BorderBoundary', generic: 'GE.TB.B', stencil: 'SE.TB.M', name: 'Host', at: [0, 0, 9, 9] })]
    const { design } = read(modelText({ surfaces: [surface({ borders, lines: [] })], knowledge: knowledge(more) }))
    expect(named(design.boundaries, 'Host').kind).toBe('machine')
  })

  test('a stencil that the template does not hold is called as the drawing heads it', () => {
    expect(readOne('', { stencil: 'Own.Pump' }).row?.technology).toBe('Own.Pump')
  })
})

describe('what stands besides', () => {
  test('name, purpose, assumptions, notes and the template', () => {
    const meta =
      '<Assumptions>- The network is watched.\n2) Staff is trained.\n</Assumptions><Contributors>Two people</Contributors><ExternalDependencies>None</ExternalDependencies><HighLevelSystemDescription>Sells things.</HighLevelSystemDescription><Reviewer/><ThreatModelName>Shop model</ThreatModelName>'
    const notes = '<Note><AddedBy>Architect</AddedBy><Date>2021-01-16</Date><Id>1</Id><Message>First look</Message></Note>'
    const { design, losses } = read(modelText({ meta, notes }))
    expect(design.settings.design).toMatchObject({
      name: 'Shop model',
      purpose: 'Sells things.',
      foreign: {
        contributors: 'Two people',
        notes: [{ number: '1', by: 'Architect', at: '2021-01-16', text: 'First look' }],
        template: { name: 'Small template', id: '5d1', version: '1.2.3.4', author: 'Template team' },
      },
    })
    expect(design.settings.design?.foreign).not.toHaveProperty('externalDependencies')
    expect(
      rowsOf(design.assumptions)
        .map(({ statement }) => statement)
        .sort(),
    ).toEqual(['Staff is trained.', 'The network is watched.'])
    expect(told(losses)).toEqual(expect.arrayContaining(['1 note', 'The rules of its template "Small template", 1 threat type']))
  })

  test('an object that was written once and referred to afterwards is found', () => {
    const shared =
      '<a:anyType z:Id="i77" i:type="b:ListDisplayAttribute"><b:DisplayName>Team</b:DisplayName><b:Name>t</b:Name><b:Value z:Id="i78" i:type="a:ArrayOfstring"><a:string>Red</a:string><a:string>Blue</a:string></b:Value><b:SelectedIndex>1</b:SelectedIndex></a:anyType>'
    const borders = [
      thing({ id: 'one', name: 'One', properties: shared }),
      thing({ id: 'two', name: 'Two', properties: '<a:anyType z:Ref="i77" i:nil="true"/>' }),
      '<a:KeyValueOfguidanyType><a:Key>three</a:Key><a:Value z:Ref="ztwo" i:nil="true"/></a:KeyValueOfguidanyType>',
    ]
    const { design, losses } = read(modelText({ surfaces: [surface({ borders, lines: [] })] }))
    expect(named(design.elements, 'One').foreign).toMatchObject({ properties: { Team: 'Blue' } })
    expect(rowsOf(design.elements).filter(({ name }) => name === 'Two')).toMatchObject([
      { foreign: { properties: { Team: 'Blue' } } },
      { foreign: { properties: { Team: 'Blue' } } },
    ])
    expect(told(losses).filter(what => what.startsWith('A reference'))).toEqual([])
  })

  test('parts that nobody knows are told, once', () => {
    const { losses } = read(modelText({ more: '<Extra><Deep/></Extra><Extra/>' }))
    expect(losses.filter(({ what }) => what.includes('unknown part'))).toEqual([
      expect.objectContaining({ at: '/ThreatModel/Extra[1]', what: '2 unknown parts' }),
    ])
  })

  test('the format is told by the file, not by its name', () => {
    const result = importModel('model.xml', modelText(), { stamp })
    expect(result.ok && result.value.summary).toMatchObject({
      format: 'tm7',
      formatVersion: '4.3',
      counts: { elements: 3, flows: 1 },
    })
  })
})
