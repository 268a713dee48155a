import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { looksLikeTm7 } from '../../../core/interop/tm7/sniff.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { ends } from '../../support/ends.ts'
import { named } from './imported.ts'
import { choice, knowledge, line, modelText, read, refusalOf, soundOrCode, surface, thing, threat } from './tm7-text.ts'

const GOOD = modelText({ threats: [threat()], notes: '<Note><Message>x</Message></Note>' })

describe('files that are refused', () => {
  test.each([
    ['an empty file', '', 'tm7.xml'],
    ['a root of its own', '<Model/>', 'tm7.noDrawing'],
    ['a model without a drawing', '<ThreatModel/>', 'tm7.noDrawing'],
    ['a file that is cut off', GOOD.slice(0, 900), 'tm7.xml'],
    ['an attribute without a value', GOOD.replace('<Borders>', '<Borders x>'), 'tm7.xml'],
    ['an entity that nobody declared', GOOD.replace('Shop', '&shop;'), 'tm7.xml'],
    ['a document type', `<!DOCTYPE ThreatModel SYSTEM "file:///etc/passwd">${GOOD}`, 'tm7.doctype'],
    [
      'an entity bomb',
      `<!DOCTYPE ThreatModel [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${GOOD.replace('Shop', '&b;')}`,
      'tm7.doctype',
    ],
    ['depth in what is read', GOOD.replace('<Notes>', `<Notes>${'<Note>'.repeat(100_000)}`), 'tm7.limit'],
    ['depth in what is passed over', GOOD.replace('<Validations/>', '<Validations>'.repeat(100_000)), 'tm7.limit'],
    ['one object without end', GOOD.replace('<Message>', `<Message>${'<x/>'.repeat(30_000)}`), 'tm7.limit'],
    ['drawings', modelText({ surfaces: Array.from({ length: 1001 }, (_, n) => surface({ guid: `s${n}` })) }), 'import.tooMany'],
    ['notes', modelText({ notes: '<Note/>'.repeat(10_001) }), 'import.tooMany'],
    ['stencils', modelText({ knowledge: knowledge('<a:ElementType/>'.repeat(5001)) }), 'import.tooMany'],
  ])('%s', (_, text, code) => {
    expect(refusalOf(text)).toMatchObject({ code })
  })

  test('the place is named', () => {
    expect(refusalOf(GOOD.replace('Sells', '').replace('<Notes>', '<Notes>&x;')).at).toBe(
      `model.tm7:3:${(GOOD.split('\n')[2] as string).indexOf('<Notes>') + '<Notes>&x;'.length + 1}`,
    )
  })

  test('more things than anybody draws, boxes before others', () => {
    const things = (count: number, more: object = {}) => Array.from({ length: count }, (_, n) => thing({ id: `t${n}`, ...more }))
    const boxes = things(2001, { shape: 'BorderBoundary', generic: 'GE.TB.B', at: [0, 0, 10, 10] })
    expect(refusalOf(modelText({ surfaces: [surface({ borders: boxes })] }))).toMatchObject({
      code: 'import.tooMany',
      message: expect.stringContaining('2000 trust boundaries'),
    })
    const empty = '<a:KeyValueOfguidanyType/>'.repeat(30_001)
    expect(refusalOf(modelText({ surfaces: [surface({ borders: [empty] })] })).message).toContain('30000 drawn things')
    expect(refusalOf(modelText({ threats: ['<a:KeyValue/>'.repeat(30_001)] })).message).toContain('30000 threats')
  })
})

describe('references', () => {
  const property = (inner: string) => thing({ id: 'p', name: 'P', properties: inner })
  const losses = (borders: readonly string[]) =>
    read(modelText({ surfaces: [surface({ borders, lines: [] })] })).losses.filter(({ what }) => what.startsWith('A reference'))

  test('to nothing, to what comes later, to themselves and to what is around them are told, and lead nowhere', () => {
    const at = '/ThreatModel/DrawingSurfaceList/DrawingSurfaceModel[1]/Borders/KeyValueOfguidanyType[1]'
    const one = (what: string) => [expect.objectContaining({ at, what: `A reference to the object "${what}"` })]
    expect(losses([property('<a:anyType z:Ref="gone"/>')])).toEqual(one('gone'))
    expect(losses([property('<a:anyType z:Ref="zlater"/>'), thing({ id: 'later', name: 'Later' })])).toEqual(one('zlater'))
    expect(losses([property('<a:anyType z:Id="me" z:Ref="me"/>')])).toEqual(one('me'))
    expect(losses([property('<a:anyType z:Ref="zp"/>')])).toEqual(one('zp'))
  })

  test('in a ring lead nowhere', () => {
    const ring = [
      property('<a:anyType z:Id="r1"><b:Value z:Ref="r2"/></a:anyType><a:anyType z:Id="r2"><b:Value z:Ref="r1"/></a:anyType>'),
    ]
    expect(losses(ring)).toHaveLength(1)
  })

  test('to an id that two objects have lead to the first', () => {
    const twice =
      '<a:anyType z:Id="d" i:type="b:StringDisplayAttribute"><b:DisplayName>Team</b:DisplayName><b:Value>Red</b:Value></a:anyType>'
    const borders = [
      thing({ id: 'one', name: 'One', properties: twice + twice.replace('Red', 'Blue').replace('Team', 'Crew') }),
      thing({ id: 'two', name: 'Two', properties: '<a:anyType z:Ref="d"/>' }),
    ]
    const { design } = read(modelText({ surfaces: [surface({ borders, lines: [] })] }))
    expect(named(design.elements, 'Two').foreign).toEqual({ properties: { type: 'GE.P', Team: 'Red' } })
  })

  test('that stand for millions of objects are refused', () => {
    const levels = Array.from({ length: 20 }, (_, n) => `<x z:Id="l${n + 1}">${`<y z:Ref="l${n}"/>`.repeat(10)}</x>`)
    const bomb = `<a:anyType z:Id="l0"/>${levels.join('')}`
    expect(refusalOf(modelText({ surfaces: [surface({ borders: [property(bomb)] })] }))).toMatchObject({
      code: 'tm7.limit',
      message: expect.stringContaining('refers to more than 20000 elements'),
    })
  })
})

describe('files made to confuse', () => {
  const WORDS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

  test('names that every object knows are only names', () => {
    const borders = WORDS.map(word =>
      thing({ id: word, name: word, generic: word, stencil: word, properties: choice(word, 'No|Yes', 1) }),
    )
    const lines = WORDS.map(word => line({ id: `${word}-f`, source: word, target: word, name: `${word} flow` }))
    const threats = WORDS.map(word =>
      threat({
        type: word,
        on: [word, `${word}-f`, word],
        state: word,
        properties: { Title: `${word} threat`, [word]: word, UserThreatCategory: word },
      }),
    )
    const { design } = read(modelText({ surfaces: [surface({ borders, lines })], threats }))
    for (const word of WORDS) {
      const { id, foreign } = named(design.elements, word)
      const title = word === '__proto__' ? '(__proto__)' : word // a stored file may not hold it
      expect(Object.entries((foreign?.properties ?? {}) as object)).toEqual([
        ['type', word],
        [title, 'Yes'],
      ])
      expect(named(design.flows, `${word} flow`)).toMatchObject({ source: id, target: id })
      expect(named(design.threats, `${word} threat`).flows).toEqual({ [named(design.flows, `${word} flow`).id]: true })
    }
  })

  test('a doubled id gets rows of its own, and the ends go to the first', () => {
    const borders = [thing({ id: 'same', name: 'One' }), thing({ id: 'same', name: 'Two' })]
    const lines = [line({ id: 'f', source: 'same', target: 'same', name: 'F' })]
    const { design, problems } = read(modelText({ surfaces: [surface({ borders, lines }), surface({ borders, lines })] }))
    expect(rowsOf(design.elements)).toHaveLength(4)
    expect(rowsOf(design.flows)).toHaveLength(2)
    expect(problems.filter(({ code }) => code === 'import.sameId')).toHaveLength(2)
  })

  test('huge numbers and sizes turned inside out are no places', () => {
    const borders = [
      thing({ id: 'a', name: 'A', at: ['9'.repeat(400), '1', '10', '10'] }),
      thing({ id: 'b', name: 'B', at: ['1', '1', '-10', '0'] }),
      thing({ id: 'c', name: 'C', at: ['1e308', '1', '1', '1'] }),
    ]
    const { design } = read(modelText({ surfaces: [surface({ borders, lines: [] })] }))
    expect(rowsOf(design.layout).map(({ x, y, width }) => [x, y, width])).toEqual([[1, 1, undefined]])
  })

  test('texts that are too long, half characters and markup are only text', () => {
    const long = 'x'.repeat(200_000)
    const { design } = read(
      modelText({
        surfaces: [
          surface({ borders: [thing({ id: 'a', name: `&lt;b&gt;${long}`, properties: choice(long, `a|${long}`, 1) })] }),
        ],
        threats: [
          threat({ on: ['a', 'order', 'a'], properties: { Title: '&#xD;&#xA; <![CDATA[<script>]]> &#xFFFD;', Priority: long } }),
        ],
      }),
    )
    expect(rowsOf(design.elements)[0]?.name).toMatch(/^<b>x{396}…$/)
    expect(rowsOf(design.threats)[0]?.statement).toBe('<script> \uFFFD')
  })

  test('time grows with the file, not with what refers to what', () => {
    const count = 4000
    const borders = Array.from({ length: count }, (_, n) => thing({ id: `t${n}`, name: `T${n}`, at: [n, n, 10, 10] }))
    const boxes = Array.from({ length: 1000 }, (_, n) =>
      thing({ id: `b${n}`, shape: 'BorderBoundary', generic: 'GE.TB.B', name: `B${n}`, at: [n, n, 5000 - n, 5000 - n] }),
    )
    const lines = Array.from({ length: count }, (_, n) => line({ id: `f${n}`, source: `t${n}`, target: 't0', name: `F${n}` }))
    const threats = Array.from({ length: count }, (_, n) =>
      threat({ type: `T${n}`, on: [`t${n}`, 'f0', 't0'], properties: { Title: '{source.Name}{ {{{source '.repeat(20) } }),
    )
    const text = modelText({ surfaces: [surface({ borders: [...borders, ...boxes], lines })], threats })
    const { design } = ends(() => read(text))
    expect(rowsOf(design.threats)).toHaveLength(count)
  })

  test('the head of a file is looked at once', () => {
    const heads = ['<?'.repeat(5000), '<!--'.repeat(2500), '<?a?>'.repeat(2000), ' '.repeat(10_000), `<${'a'.repeat(9000)}`]
    for (const head of heads) expect(ends(() => looksLikeTm7(head))).toBe(false)
    expect(looksLikeTm7('<?xml version="1.0"?><!-- x -->\n<m:ThreatModel\n')).toBe(true)
    expect(looksLikeTm7('<ThreatModels>')).toBe(false)
    expect(looksLikeTm7('<KnowledgeBase><ThreatModel>')).toBe(false)
  })
})

describe('a file that somebody damaged', () => {
  test('cut off anywhere it is refused with the place', () => {
    for (let at = 0; at < GOOD.length; at += 97)
      expect(refusalOf(GOOD.slice(0, at)).code, `${at}`).toMatch(/^tm7\.(xml|noDrawing)$/)
  })

  const PIECES = /<[^<>]*>|[^<>]+/g
  const whole = GOOD.match(PIECES) ?? []
  const values = [
    '',
    'x',
    '-1',
    '1e400',
    '__proto__',
    '00000000-0000-0000-0000-000000000000',
    '<a/>',
    '<x z:Ref="zshop"/>',
    '&amp;',
    '\uD800',
    '\u0001',
  ]
  const changes = fc.array(fc.record({ at: fc.nat(), how: fc.nat(3), value: fc.constantFrom(...values) }), {
    minLength: 1,
    maxLength: 6,
  })

  test('gives a sound design or one refusal, and throws nothing', () => {
    let sound = 0
    fc.assert(
      fc.property(changes, list => {
        const pieces = [...whole]
        for (const { at, how, value } of list) {
          // Texts more often than tags: a lost tag ends the reading at once.
          const spots = [...pieces.keys()].filter(i => how === 0 || !pieces[i]?.startsWith('<'))
          const spot = spots[at % spots.length] ?? 0
          if (how === 0 && at % 2 === 0) pieces.splice(spot, 1)
          else if (how === 1) pieces[spot] = pieces[(at * 7) % pieces.length]?.replace(/[<>]/g, '') ?? ''
          else pieces[spot] = how === 2 ? `${pieces[spot]}${value}` : value
        }
        if (typeof soundOrCode(pieces.join('')) !== 'string') sound++
      }),
      { numRuns: 300 },
    )
    expect(sound).toBeGreaterThan(60)
  })

  test('parts may stand anywhere, twice or not at all', () => {
    const parts = (
      GOOD.match(/<(DrawingSurfaceList|MetaInformation|Notes|ThreatInstances|KnowledgeBase)[\s\S]*?<\/\1>/g) ?? []
    ).map(part => part.replace('<KnowledgeBase', '<KnowledgeBase xmlns:q="q"'))
    expect(parts).toHaveLength(5)
    const head = GOOD.slice(0, GOOD.indexOf('<DrawingSurfaceList'))
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 10 }), chosen => {
        const text = `${head}${chosen.join('')}</ThreatModel>`
        const design = soundOrCode(text)
        const drawings = chosen.filter(part => part.startsWith('<Drawing')).length
        if (typeof design === 'string') expect([design, drawings]).toEqual(['tm7.noDrawing', 0])
        else expect(Object.keys(design.diagrams)).toHaveLength(drawings)
      }),
      { numRuns: 60 },
    )
  })
})
