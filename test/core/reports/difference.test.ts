import { describe, expect, test } from 'vitest'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { AnyRow, Design } from '../../../core/model/types.ts'
import { type Difference, differenceOf } from '../../../core/reports/difference.ts'
import { differenceMarkdown, differenceText } from '../../../core/reports/difference-text.ts'
import { AT, findingsOf, ID, PACKS, TRANSFERS, UNDECIDED, withFields } from '../gate/transfers.ts'
import { asset, boundary, designOf, element, flow, requirement } from '../model/designs.ts'
import { FULL, ROWS } from '../model/samples.ts'

const between = (before: Design, after: Design, issued?: ReadonlyMap<string, number>): Difference =>
  differenceOf(before, after, PACKS, AT, issued)
const sentences = (before: Design, after: Design) => between(before, after).changes.map(change => change.sentence)

/** A small shop, with everything that a sentence may name. */
const SHOP = designOf(
  element('E-00001', { name: 'Shop' }),
  element('E-00002', { name: 'Browser', kind: 'externalEntity' }),
  flow('F-00001', 'E-00002', 'E-00001', { name: 'Order' }),
  boundary('B-00001', undefined, { name: 'DMZ' }),
  boundary('B-00002', undefined, { name: 'Company' }),
  { ...asset('D-00001'), name: 'Card data' },
  requirement('R-00001', 'The shop shall answer.'),
  { ...ROWS.threats, statement: 'Somebody lies.' },
  { ...ROWS.mitigations, statement: 'It checks.', threats: {} },
  { ...ROWS.acceptances },
  { ...ROWS.workItems, name: 'Step-up' },
  { ...ROWS.assumptions, statement: 'The network is ours.' },
)

const edit = (table: Parameters<typeof withFields>[1], id: string, fields: Readonly<Record<string, unknown>>) =>
  sentences(SHOP, withFields(SHOP, table, id, fields))

describe('a changed field in words', () => {
  test.each([
    ['elements', 'E-00001', { 'attributes/exposedToInternet': 'yes' }, 'makes Shop exposed to the internet'],
    ['elements', 'E-00001', { 'attributes/exposedToInternet': 'no' }, 'states that Shop is not exposed to the internet'],
    ['elements', 'E-00001', { 'attributes/logsAudit': 'yes' }, 'states that Shop keeps an audit log'],
    ['elements', 'E-00001', { 'attributes/logsAudit': 'unknown' }, 'leaves open whether Shop keeps an audit log'],
    ['elements', 'E-00001', { boundary: 'B-00001' }, 'moves Shop into DMZ'],
    ['elements', 'E-00001', { kind: 'dataStore' }, 'makes Shop a data store'],
    ['elements', 'E-00001', { name: 'Web shop' }, 'renames Shop to Web shop'],
    ['elements', 'E-00001', { technology: 'Node.js' }, 'says that Shop is made with Node.js'],
    ['elements', 'E-00001', { 'data/D-00001': true }, 'stores Card data in Shop'],
    ['elements', 'E-00001', { 'paths/src/**': true }, 'places code of Shop at src/**'],
    ['elements', 'E-00001', { 'codeClasses/authn': true }, 'says that Shop holds authn code'],
    ['elements', 'E-00001', { outOfScope: 'Bought.' }, 'takes Shop out of scope: "Bought."'],
    ['elements', 'E-00001', { description: 'Long.' }, 'writes the description of Shop'],
    ['flows', 'F-00001', { encryption: 'yes' }, 'makes Order encrypted'],
    ['flows', 'F-00001', { authentication: 'no' }, 'states that Order is not authenticated'],
    ['flows', 'F-00001', { source: 'E-00001' }, 'lets Order start at Shop instead of Browser'],
    ['flows', 'F-00001', { target: undefined }, 'lets the end of Order hang loose instead of Shop'],
    ['flows', 'F-00001', { 'data/D-00001': true }, 'sends Card data over Order'],
    ['flows', 'F-00001', { bidirectional: true }, 'lets Order run both ways'],
    ['flows', 'F-00001', { protocol: 'HTTPS' }, 'states the protocol of Order: HTTPS'],
    ['boundaries', 'B-00001', { parent: 'B-00002' }, 'moves DMZ into Company'],
    ['boundaries', 'B-00001', { kind: 'machine' }, 'makes DMZ a boundary of the kind machine'],
    ['boundaries', 'B-00001', { membership: 'unresolved' }, 'leaves open what lies inside DMZ'],
    ['data', 'D-00001', { class: 'D3' }, 'classifies Card data D3'],
    ['data', 'D-00001', { personal: 'yes' }, 'makes Card data personal data'],
    ['requirements', 'R-00001', { status: 'approved' }, 'approves "The shop shall answer."'],
    ['requirements', 'R-00001', { statement: 'It shall ask.' }, 'rewords "The shop shall answer." to "It shall ask."'],
    ['requirements', 'R-00001', { 'elements/E-00001': true }, 'links "The shop shall answer." to Shop'],
    ['requirements', 'R-00001', { verification: undefined }, 'takes away the way of being shown of "The shop shall answer."'],
    ['threats', 'T-00001', { likelihood: 4 }, 'rates the likelihood of "Somebody lies." 4 instead of 1'],
    ['threats', 'T-00001', { 'categories/tampering': true }, 'counts "Somebody lies." as tampering'],
    ['threats', 'T-00001', { 'cwe/CWE-287': undefined }, 'no longer rests "Somebody lies." on CWE-287'],
    ['mitigations', 'M-00001', { status: 'verified' }, 'marks "It checks." as verified'],
    ['mitigations', 'M-00001', { 'threats/T-00001': true }, 'sets "It checks." against "Somebody lies."'],
    ['acceptances', 'X-00001', { expires: '2028-01-31' }, 'lets the acceptance of "Somebody lies." end on 2028-01-31'],
    ['workItems', 'W-00001', { 'mayEdit/src/**': true }, 'lets Step-up edit src/**'],
    ['workItems', 'W-00001', { 'elements/E-00001': undefined }, 'takes Shop out of the slice of Step-up'],
    [
      'assumptions',
      'A-00001',
      { owner: 'architect' },
      'changes the owner of "The network is ours." from operations to architect',
    ],
    ['elements', 'E-00001', { foreign: { x: 1 } }, 'changes what an import kept of Shop (x)'],
  ] as const)('%s %s %j', (table, id, fields, sentence) => {
    expect(edit(table, id, fields)).toEqual([sentence])
  })

  test('a decision on an entry of a framework', () => {
    const said = applyChanges(SHOP, [{ kind: 'put', table: 'exclusions', row: ROWS.exclusions }])
    const now = (fields: Readonly<Record<string, unknown>>) =>
      sentences(said, withFields(said, 'exclusions', ROWS.exclusions.id, fields))
    expect(now({ reason: 'It is plain HTTP.' })).toEqual([
      'says anew why V4.3.1 of owasp-asvs is not applicable: "It is plain HTTP."',
    ])
    expect(now({ expires: undefined })).toEqual(['lets it stand without end that V4.3.1 of owasp-asvs is not applicable'])
    const by = { ...ROWS.exclusions.provenance, kind: 'human', by: 'architect' }
    expect(now({ provenance: by })).toEqual(['decides anew that V4.3.1 of owasp-asvs is not applicable'])
  })

  test('several fields of one row are one sentence, by the name that it had', () => {
    const fields = { name: 'Web shop', boundary: 'B-00001', 'attributes/isClient': 'no' }
    expect(edit('elements', 'E-00001', fields)).toEqual([
      'states that Shop is no client in the hands of others, moves it into DMZ and renames it to Web shop',
    ])
    const [change] = between(SHOP, withFields(SHOP, 'elements', 'E-00001', fields)).changes
    expect(change).toMatchObject({
      kind: 'changed',
      table: 'elements',
      id: 'E-00001',
      name: 'Web shop',
      fields: [
        { field: 'attributes/isClient', after: 'no' },
        { field: 'boundary', after: 'B-00001' },
        { field: 'name', before: 'Shop', after: 'Web shop' },
      ],
    })
  })

  test('out, and from one to another', () => {
    const inside = withFields(SHOP, 'elements', 'E-00001', { boundary: 'B-00001' })
    expect(sentences(inside, SHOP)).toEqual(['moves Shop out of DMZ'])
    expect(sentences(inside, withFields(SHOP, 'elements', 'E-00001', { boundary: 'B-00002' }))).toEqual([
      'moves Shop from DMZ into Company',
    ])
    const classified = withFields(SHOP, 'data', 'D-00001', { class: 'D1' })
    expect(sentences(classified, withFields(SHOP, 'data', 'D-00001', { class: 'D4' }))).toEqual([
      'classifies Card data D4 instead of D1',
    ])
    expect(sentences(classified, SHOP)).toEqual(['takes away the class D1 of Card data'])
  })

  test('confirming what a machine proposed is a word of its own', () => {
    const by = { kind: 'ai', at: AT } as const
    const proposed = withFields(SHOP, 'threats', 'T-00001', { provenance: by })
    const confirmed = withFields(SHOP, 'threats', 'T-00001', { provenance: { ...by, confirmedBy: 'architect', confirmedAt: AT } })
    expect(sentences(proposed, confirmed)).toEqual(['confirms "Somebody lies."'])
    expect(sentences(confirmed, proposed)).toEqual(['gives "Somebody lies." another origin'])
  })

  test('when and from which file an import took a row is no difference; its original id is', () => {
    const { provenance } = ROWS.threats
    const again = (more: object) => withFields(SHOP, 'threats', 'T-00001', { provenance: { ...provenance, ...more } })
    const asImported = { statement: '000000' }
    expect(between(SHOP, again({ at: '2030-01-01T00:00:00Z', by: 'x', file: 'y', tool: 'z', asImported })).changes).toEqual([])
    expect(sentences(SHOP, again({ originalId: '2' }))).toEqual(['gives "Somebody lies." another origin'])
    expect(sentences(SHOP, again({ kind: 'human' }))).toHaveLength(1)
  })

  test('text is one line, cut, and hides nothing; the fields hold more of it', () => {
    const [change] = between(SHOP, withFields(SHOP, 'elements', 'E-00001', { name: `a\n\u202eb${'c'.repeat(500)}` })).changes
    expect(change?.sentence).toMatch(/^renames Shop to a <U\+202E>bc+…$/)
    expect(change?.sentence.length).toBeLessThan(120)
    expect(String(change?.fields[0]?.after)).toHaveLength(408)
  })
})

describe('rows that come and go', () => {
  const rows: readonly [AnyRow, string, string][] = [
    [
      element('E-00009', { name: 'Cache', kind: 'dataStore', boundary: 'B-00001' }),
      'adds the data store Cache in DMZ',
      'removes the data store Cache',
    ],
    [
      flow('F-00009', 'E-00001', undefined, { name: 'Export' }),
      'adds the data flow Export from Shop to a loose end',
      'removes the data flow Export',
    ],
    [
      boundary('B-00009', 'B-00002', { name: 'Vault' }),
      'adds the trust boundary Vault in Company',
      'removes the trust boundary Vault',
    ],
    [{ ...asset('D-00009', 'D2'), name: 'Log' }, 'adds the data asset Log, classified D2', 'removes the data asset Log'],
    [{ ...asset('D-00009'), name: 'Log' }, 'adds the data asset Log, not classified', 'removes the data asset Log'],
    [requirement('R-00009', 'It shall log.'), 'adds the requirement "It shall log."', 'removes the requirement "It shall log."'],
    [
      { ...ROWS.assumptions, id: 'A-00009', statement: 'Nobody looks.' },
      'adds the assumption "Nobody looks."',
      'removes the assumption "Nobody looks."',
    ],
    [
      { ...ROWS.threats, id: 'T-00009', statement: 'It leaks.' },
      'adds the threat "It leaks." (Spoofing)',
      'removes the threat "It leaks."',
    ],
    [
      { ...ROWS.mitigations, id: 'M-00009', statement: 'It hides.' },
      'adds the mitigation "It hides." against "Somebody lies."',
      'removes the mitigation "It hides."',
    ],
    [
      { ...ROWS.acceptances, id: 'X-00009' },
      'accepts the threat "Somebody lies." until 2027-01-31',
      'no longer accepts the threat "Somebody lies."',
    ],
    [
      { ...ROWS.exclusions, id: 'Q-00000009' },
      'calls V4.3.1 of owasp-asvs not applicable until 2027-01-31: "Nothing here speaks GraphQL."',
      'no longer calls V4.3.1 of owasp-asvs not applicable',
    ],
    [
      { ...ROWS.exclusions, id: 'Q-00000009', expires: undefined, provenance: { kind: 'ai', at: AT } } as unknown as AnyRow,
      'calls V4.3.1 of owasp-asvs not applicable: "Nothing here speaks GraphQL.", as an AI proposed it',
      'no longer calls V4.3.1 of owasp-asvs not applicable',
    ],
    [{ ...ROWS.workItems, id: 'W-00009', name: 'More' }, 'adds the work item More', 'removes the work item More'],
  ]
  test.each(rows)('%j', (row, came, went) => {
    const table = {
      E: 'elements',
      F: 'flows',
      B: 'boundaries',
      D: 'data',
      R: 'requirements',
      A: 'assumptions',
      T: 'threats',
      M: 'mitigations',
      X: 'acceptances',
      Q: 'exclusions',
      W: 'workItems',
    }[row.id.charAt(0)]
    const more = applyChanges(SHOP, [{ kind: 'put', table, row } as Change])
    expect(sentences(SHOP, more)).toEqual([came])
    expect(sentences(more, SHOP)).toEqual([went])
    expect(between(SHOP, more).changes[0]).toMatchObject({ kind: 'added', id: row.id, fields: [] })
    expect(between(more, SHOP).changes[0]).toMatchObject({ kind: 'removed', id: row.id, fields: [] })
  })

  test('decisions are told by the title of the finding, also of one that is gone', () => {
    const [finding] = findingsOf(UNDECIDED).filter(one => TRANSFERS.triage[one.id])
    if (!finding) throw new Error('no finding')
    const one = { ...UNDECIDED, triage: { [finding.id]: TRANSFERS.triage[finding.id] } } as Design
    const reason = '"Looked at in the design review of this test."'
    expect(sentences(UNDECIDED, one)).toEqual([`judges "${finding.title}" not applicable: ${reason}`])
    expect(sentences(one, UNDECIDED)).toEqual([`takes back the decision on "${finding.title}"`])
    expect(sentences(one, withFields(one, 'triage', finding.id, { decision: 'real', reason: undefined }))[0]).toMatch(
      /^judges ".*" real/,
    )
  })

  test('settings and policy', () => {
    expect(sentences(EMPTY_DESIGN, { ...EMPTY_DESIGN, settings: FULL.settings, policy: FULL.policy })).toEqual([
      'adds the design Bank transfers',
      'adds the policy',
    ])
    const of = (table: 'settings' | 'policy', id: string, fields: Readonly<Record<string, unknown>>) =>
      sentences(FULL, withFields(FULL, table, id, fields))
    expect(of('settings', 'design', { epoch: 7 })).toEqual([])
    expect(of('settings', 'design', { name: 'Bank' })).toEqual(['renames the design Bank transfers to Bank'])
    expect(of('settings', 'design', { 'glossary/PSP': 'x' })).toEqual(['explains the term PSP of the design Bank transfers'])
    expect(of('policy', 'policy', { default: 'forbidden' })).toEqual(['puts what no rule names into the zone forbidden'])
    expect(of('policy', 'policy', { 'rules/AI-01': undefined })).toEqual(['drops the rule AI-01 of the policy'])
    expect(of('policy', 'policy', { 'gate/gate.triage': 'block' })).toEqual(['sets the gate rule gate.triage to block'])
  })
})

describe('what follows', () => {
  const inside = withFields(TRANSFERS, 'elements', ID.customer, { boundary: ID.internet })

  test('crossings that come and go', () => {
    const line = { flow: ID.submit, boundary: ID.internet, sentence: 'Submit transfer crosses Data centre' }
    expect(between(TRANSFERS, inside).crossings).toEqual({ added: [], removed: [line] })
    expect(between(inside, TRANSFERS).crossings).toEqual({ added: [line], removed: [] })
  })

  test('findings gained and lost, and those that nobody decided', () => {
    const applying = (design: Design) =>
      findingsOf(design)
        .filter(one => one.applicability === 'applies')
        .map(one => one.id)
    const added = applyChanges(TRANSFERS, [
      {
        kind: 'put',
        table: 'flows',
        row: { ...(TRANSFERS.flows[ID.submit] as Design['flows'][string]), id: 'F-NEW01', name: 'Cancel' },
      },
    ])
    const { findings, summary } = between(TRANSFERS, added)
    const gained = applying(added).filter(id => !applying(TRANSFERS).includes(id))
    expect(findings.gained.map(({ id }) => id)).toEqual(gained)
    expect(findings.undecided.map(({ id }) => id)).toEqual(gained)
    expect(findings.lost).toEqual([])
    expect(summary).toContain('Adds the data flow Cancel from Browser to Transfer API across Data centre')
    expect(summary).toContain(`; 1 crossing more; ${gained.length} findings more, ${gained.length} undecided`)
    const back = between(added, TRANSFERS)
    expect(back.findings.lost.map(({ id }) => id)).toEqual(gained)
    expect(back.findings.gained).toEqual([])
  })

  test('a decision that is taken back leaves a finding undecided, and none is gained', () => {
    const { findings, summary } = between(TRANSFERS, UNDECIDED)
    expect(findings.gained).toEqual([])
    expect(findings.undecided).toHaveLength(Object.keys(TRANSFERS.triage).length)
    expect(summary).toContain(`${findings.undecided.length} findings undecided again`)
  })

  test('prompts whose slice changed are stale, and only those', () => {
    const other = withFields(TRANSFERS, 'elements', ID.fraud, { technology: 'Python' })
    const { stale, summary } = between(
      TRANSFERS,
      other,
      new Map([
        [ID.otherWork, 3],
        [ID.work, 1],
      ]),
    )
    expect(stale.prompts).toContainEqual({ workItem: ID.otherWork, id: 'P-0THER', name: 'Faster fraud scores', version: 3 })
    expect(summary).toContain('prompt P-0THER v3 becomes stale')
    const ledger = withFields(TRANSFERS, 'elements', ID.ledger, { technology: 'MySQL' })
    expect(between(TRANSFERS, ledger).stale.prompts.map(({ workItem }) => workItem)).toEqual([ID.work])
    expect(between(TRANSFERS, ledger).summary).toContain('W-STEP1 has another slice')
    expect(between(TRANSFERS, withFields(TRANSFERS, 'assumptions', 'A-00001', {})).stale).toEqual({ prompts: [], checks: [] })
  })

  test('checks that ask otherwise, or are new, or are dropped', () => {
    const reworded = withFields(TRANSFERS, 'requirements', ID.derive, {
      statement: 'The Transfer API shall take it from the session.',
    })
    const { checks } = between(TRANSFERS, reworded).stale
    expect(checks).toEqual([
      expect.objectContaining({
        workItem: ID.work,
        what: 'changed',
        statement: 'The Transfer API shall take it from the session.',
      }),
    ])
    expect(between(TRANSFERS, reworded).summary).toContain('; 1 check affected.')
    const without = applyChanges(TRANSFERS, [{ kind: 'remove', table: 'mitigations', id: ID.logs }])
    const dropped = between(TRANSFERS, without).stale.checks
    expect(dropped.length).toBeGreaterThan(0)
    expect(new Set(dropped.map(({ what }) => what))).toEqual(new Set(['dropped']))
    expect(new Set(between(without, TRANSFERS).stale.checks.map(({ what }) => what))).toEqual(new Set(['added']))
  })

  test('many changes are counted, none is said to be none', () => {
    expect(between(TRANSFERS, TRANSFERS).summary).toBe('Nothing differs.')
    expect(between(EMPTY_DESIGN, TRANSFERS).summary).toMatch(/^\d+ changes \(\d+ added\); /)
    expect(between(EMPTY_DESIGN, EMPTY_DESIGN)).toEqual({
      changes: [],
      crossings: { added: [], removed: [] },
      findings: { gained: [], lost: [], undecided: [] },
      stale: { prompts: [], checks: [] },
      summary: 'Nothing differs.',
    })
  })
})

describe('as text and as Markdown', () => {
  const odd = withFields(TRANSFERS, 'elements', ID.api, { name: 'A <b>|`x`</b> @team [a](https://x.example)\n# H' })
  const difference = between(TRANSFERS, odd)

  test('a terminal shows every line with its id', () => {
    const text = differenceText(difference)
    expect(text.split('\n')[0]).toBe(difference.summary)
    expect(text).toContain(`  ~ ${ID.api}     renames Transfer API to A <b>|`)
    for (const { id } of difference.stale.checks) expect(text).toContain(id)
  })

  test('text of the design does nothing in a comment, and a long list says how much it leaves out', () => {
    const text = differenceMarkdown(difference)
    expect(text).toMatch(/^### Changes to the threat model\n/)
    expect(text).toContain(`- \`${ID.api}\` renames Transfer API to A \\< b\\>`)
    expect(text).not.toMatch(/\]\(https|<b>|^# H|@team/m)
    const all = differenceMarkdown(between(EMPTY_DESIGN, TRANSFERS))
    const { length } = between(EMPTY_DESIGN, TRANSFERS).changes
    if (length > 50) expect(all).toContain(`- and ${length - 50} more: \`skeptic diff\` shows all`)
    expect(differenceMarkdown(between(TRANSFERS, TRANSFERS))).toBe('### Changes to the threat model\n\nNothing differs.\n')
  })
})
