import { describe, expect, test } from 'vitest'
import { evidenceIn, factsOf, problemOf } from './facts-of.ts'

const files = (text: string) => factsOf('coverage', text).files.map(({ path, lines, hit }) => [path, lines, hit])
const odd = (text: string) => factsOf('coverage', text).oddities.map(({ pointer, text: said }) => `${pointer} ${said}`)
const disagreements = (text: string) => factsOf('coverage', text).files.map(({ disagreement }) => disagreement)

describe('LCOV', () => {
  const record = (path: string, ...lines: readonly string[]) => ['TN:', `SF:${path}`, ...lines, 'end_of_record', ''].join('\n')
  test.each([
    ['one record', record('a.ts', 'DA:1,3', 'DA:2,0', 'LF:2', 'LH:1'), [['a.ts', 2, 1]]],
    ['no record', 'TN:\n', []],
    [
      'a comment first, and the line ends of Windows',
      `# made\r\n${record('a.ts', 'DA:1,1').replaceAll('\n', '\r\n')}`,
      [['a.ts', 1, 1]],
    ],
    ['a checksum', record('a.ts', 'DA:1,1,abc'), [['a.ts', 1, 1]]],
    ['the same line twice', record('a.ts', 'DA:1,0', 'DA:1,2'), [['a.ts', 1, 1]]],
    ['an overflow', record('a.ts', 'DA:1,-4'), [['a.ts', 1, 0]]],
    ['two records of a file', record('a.ts', 'DA:1,0', 'DA:2,1') + record('a.ts', 'DA:1,1', 'DA:3,0'), [['a.ts', 3, 2]]],
    [
      'paths of Windows and of gcc',
      record('.\\src\\a.ts', 'DA:1,1') + record('/ci/src/b.c', 'DA:1,1'),
      [
        ['src/a.ts', 1, 1],
        ['/ci/src/b.c', 1, 1],
      ],
    ],
    ['a file with a colon', record('C:\\a.ts', 'DA:1,1'), [['C:/a.ts', 1, 1]]],
    ['no lines', record('a.ts'), [['a.ts', 0, 0]]],
  ])('%s', (_name, text, expected) => expect(files(text)).toEqual(expected))
  test('places are lines', () =>
    expect(factsOf('coverage', record('a.ts') + record('b.ts')).files.map(({ pointer }) => pointer)).toEqual([
      'line 2',
      'line 5',
    ]))
  test('what is no count is odd, and a line that nobody is shown to have run', () => {
    const text = record('a.ts', 'DA:1,yes', 'DA:x,1', 'DA:', 'DA:4,1')
    expect(files(text)).toEqual([['a.ts', 4, 1]])
    expect(odd(text)).toHaveLength(3)
    expect(odd('TN:\nDA:1,1\n')).toEqual(['line 2 counts a line of no file'])
  })
  test('totals are compared within each record', () => {
    expect(disagreements(record('a.ts', 'DA:1,1', 'LF:2', 'LH:1'))).toEqual(['declares 2 lines and lists 1'])
    expect(disagreements(record('a.ts', 'DA:1,0', 'LF:1', 'LH:1'))).toEqual(['declares 1 lines hit and lists 0'])
    expect(disagreements(record('a.ts', 'DA:1,1', 'LF:1') + record('a.ts', 'DA:2,1', 'LF:1'))).toEqual([undefined])
    expect(odd(record('a.ts', 'LF:x'))).toEqual(['line 2 declares "LF:x", which is no number'])
  })
  test('a record that does not end is refused at the end, odd before', () => {
    expect(problemOf('TN:\nSF:a.ts\nDA:1,1')).toMatchObject({ code: 'evidence.cut', at: 'x:3:1' })
    expect(odd(`SF:a.ts\nDA:1,1\n${record('b.ts')}`)).toEqual(['line 1 is a record without an end'])
  })
})

describe('Cobertura', () => {
  const doctype = '<!DOCTYPE coverage SYSTEM "http://192.0.2.1/coverage-04.dtd">'
  const line = (number: unknown, hits: unknown) => `<line number="${number}" hits="${hits}"/>`
  const klass = (file: string, lines: string, methods = '') =>
    `<class name="c" filename="${file}"><methods>${methods}</methods><lines>${lines}</lines></class>`
  const report = (classes: string, { sources = '', attributes = '' } = {}) =>
    `<?xml version="1.0"?>\n${doctype}<coverage ${attributes}><sources>${sources}</sources><packages><package><classes>${classes}</classes></package></packages></coverage>`
  const source = (path: string) => ({ sources: `<source>${path}</source>` })
  test.each([
    ['lines', report(klass('a.py', line(1, 2) + line(2, 0))), [['a.py', 2, 1]]],
    ['several classes of one file', report(klass('a.py', line(1, 0)) + klass('a.py', line(1, 1) + line(2, 0))), [['a.py', 2, 1]]],
    [
      'methods repeat lines of the class',
      report(klass('a.py', line(1, 1), `<method><lines>${line(1, 1) + line(9, 1)}</lines></method>`)),
      [['a.py', 1, 1]],
    ],
    ['lines in methods alone', report(klass('a.py', '', `<method><lines>${line(1, 1)}</lines></method>`)), [['a.py', 1, 1]]],
    ['Windows', report(klass('a\\b.cs', line(1, 1)), source('C:\\app\\')), [['C:/app/a/b.cs', 1, 1]]],
    ['one root', report(klass('a.java', line(1, 1)), source('src/main/java')), [['src/main/java/a.java', 1, 1]]],
    ['the root is here', report(klass('a.c', line(1, 1)), source('.')), [['a.c', 1, 1]]],
    ['an absolute file', report(klass('/ci/a.c', line(1, 1)), source('/other')), [['/ci/a.c', 1, 1]]],
    ['two roots', report(klass('a.c', line(1, 1)), { sources: '<source>a</source><source>b</source>' }), [['a.c', 1, 1]]],
    ['nothing', report(''), []],
    ['no package', '<coverage/>', []],
  ])('%s', (_name, text, expected) => expect(files(text)).toEqual(expected))
  test('rates are not believed, totals told', () => {
    const text = report(klass('a.py', line(1, 0)), { attributes: 'line-rate="NaN" lines-valid="2" lines-covered="0"' })
    expect(files(text)).toEqual([['a.py', 1, 0]])
    expect(odd(text)).toEqual(['/coverage declares 2 lines and lists 1', '/coverage has the line rate NaN: it holds no line'])
    expect(files(report(klass('a.py', line(1, 0)), { attributes: 'line-rate="1.0"' }))).toEqual([['a.py', 1, 0]])
  })
  test('what is no count is odd, and a line that nobody is shown to have run', () => {
    const text = report(klass('a.py', line('x', 1) + line(2, 'many') + line(3, 1)))
    expect([files(text), odd(text).length]).toEqual([[['a.py', 3, 1]], 2])
    expect(odd(report(klass('', '')))).toEqual(['/coverage//class[1] names no file'])
  })
  test('the stamp is in milliseconds or in seconds', () => {
    const at = (stamp: string) => evidenceIn(report('', { attributes: `timestamp="${stamp}"` })).made.at
    expect([at('1700000000000'), at('1700000000'), at('0'), at('1.7e9')]).toEqual([
      '2023-11-14T22:13:20.000Z',
      '2023-11-14T22:13:20.000Z',
      undefined,
      undefined,
    ])
  })
  test.each([
    ['cut off', '<coverage><packages>', 'evidence.xml'],
    ['entities of its own', '<!DOCTYPE coverage [<!ENTITY a "b">]><coverage/>', 'evidence.doctype'],
    ['Clover', '<coverage generated="1"><project timestamp="1"/></coverage>', 'evidence.format'],
    ['generic coverage of SonarQube', '<coverage version="1">\n<file path="a"/></coverage>', 'evidence.format'],
  ])('%s is refused', (_name, text, code) => expect(problemOf(text)?.code).toBe(code))
})

describe('JaCoCo', () => {
  const doctype =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">'
  const line = (nr: unknown, mi: unknown, ci: unknown) => `<line nr="${nr}" mi="${mi}" ci="${ci}" mb="0" cb="0"/>`
  const counter = (missed: number, covered: number, type = 'LINE') =>
    `<counter type="${type}" missed="${missed}" covered="${covered}"/>`
  const sourcefile = (name: string, body: string) => `<sourcefile name="${name}">${body}</sourcefile>`
  const pack = (name: string, body: string) =>
    `<package name="${name}"><class name="${name}/C" sourcefilename="C.java"><method name="&lt;init&gt;" desc="()V" line="3">${counter(0, 1)}</method>${counter(9, 9)}</class>${body}</package>`
  const report = (body: string) =>
    `${doctype}<report name="shop"><sessioninfo id="one" start="1700000000000" dump="1700000001000"/><sessioninfo id="two" start="1" dump="1600000000000"/>${body}${counter(9, 9)}</report>`
  const good = sourcefile('C.java', line(3, 0, 2) + line(4, 1, 2) + line(5, 3, 0) + counter(1, 2) + counter(4, 4, 'INSTRUCTION'))
  test('lines with instructions, hit when one of them ran', () => {
    expect(files(report(pack('com/example', good)))).toEqual([['com/example/C.java', 3, 2]])
    expect(disagreements(report(pack('com/example', good)))).toEqual([undefined])
    expect(factsOf('coverage', report(pack('com/example', good))).files[0]?.pointer).toBe('/report/package[1]/sourcefile[1]')
  })
  test('says of itself what it is and when it was dumped last', () => {
    expect(evidenceIn(report(''))).toMatchObject({ format: 'jacoco', made: { tool: 'JaCoCo', at: '2023-11-14T22:13:21.000Z' } })
  })
  test('equal paths in two groups are two files; the default package has no folder', () => {
    const group = (name: string, body: string) => `<group name="${name}">${pack('p', body)}</group>`
    const other = sourcefile('C.java', line(1, 1, 0))
    const text = report(`${group('a', good)}<group name="b">${group('c', other)}</group>${pack('', other)}`)
    expect(factsOf('coverage', text).files.map(({ path, pointer, hit }) => [path, pointer, hit])).toEqual([
      ['p/C.java', '/report/group[1]/package[1]/sourcefile[1]', 2],
      ['p/C.java', '/report/group[2]/group[1]/package[1]/sourcefile[1]', 0],
      ['C.java', '/report/package[1]/sourcefile[1]', 0],
    ])
  })
  test('totals of a file are compared, and a line without instructions cannot run', () => {
    expect(disagreements(report(pack('p', sourcefile('C.java', line(1, 0, 1) + line(2, 0, 0) + counter(3, 1)))))).toEqual([
      'declares 1 of 4 lines hit and lists 1 of 1',
    ])
  })
  test('what is no count is odd, and a line that nobody is shown to have run', () => {
    const text = report(pack('p', sourcefile('C.java', line('x', 0, 1) + line(2, '', 1) + line(3, 0, 1))))
    expect([files(text), odd(text).length]).toEqual([[['p/C.java', 3, 1]], 2])
  })
  test('no line numbers in the classes: no file is shown', () => expect(files(report(pack('p', '')))).toEqual([]))
  test.each([
    ['another report', '<report><summary/></report>', 'evidence.format'],
    ['entities of its own', '<!DOCTYPE report [<!ENTITY a "b">]><report/>', 'evidence.doctype'],
    ['cut off', report('').slice(0, -4), 'evidence.xml'],
  ])('%s is refused', (_name, text, code) => expect(problemOf(text)?.code).toBe(code))
})
