import { expect } from 'vitest'
import { readCairis } from '../../../core/interop/cairis/read.ts'
import { countsOf } from '../../../core/interop/counts.ts'
import { lossesOf } from '../../../core/interop/report.ts'
import type { Problem } from '../../../core/support/result.ts'
import { expectSound, stamp } from './imported.ts'

/** How every file begins. */
export const HEAD =
  '<?xml version="1.0"?>\n<!DOCTYPE cairis_model PUBLIC "-//CAIRIS//DTD MODEL 1.0//EN" "https://example.org/x.dtd">\n'

/** Objects of each section of a small model of our own that holds one of everything. */
export const PARTS = {
  tvtypes: '<threat_type name="Electronic"><description>By wire</description></threat_type>',
  cairis: `<project_settings name="Shop"><background>Once.</background><strategic_goals>Sells things.</strategic_goals>
    <rich_picture image=""/><naming_conventions><entry name="Cart"><definition>What is bought next.</definition></entry></naming_conventions>
    </project_settings>
    <environment name="Day" short_code="D"><definition>Light</definition></environment>
    <environment name="Night" short_code="N"><definition>Dark</definition></environment>`,
  people: '<role name="Customer" type="Stakeholder" short_code="C"><description>Buys.</description></role>',
  assets: `<asset name="Orders" short_code="O" type="Information" is_critical="0">
      <description>What was bought.</description><significance>Much.</significance><critical_rationale />
      <security_property environment="Day" property="confidentiality" value="Low"><rationale>Few look.</rationale></security_property>
      <security_property environment="Night" property="confidentiality" value="High"><rationale /></security_property>
      <security_property environment="Day" property="integrity" value="None"><rationale /></security_property>
      <security_property environment="Day" property="accountability" value="High"><rationale /></security_property>
    </asset>
    <asset name="Parcel" short_code="P" type="Hardware" is_critical="0"><description>A box.</description></asset>
    <asset name="Database" short_code="DB" type="Systems" is_critical="1"><description>Keeps.</description>
      <security_property environment="Day" property="integrity" value="High"><rationale /></security_property></asset>
    <asset name="Modem" short_code="M" type="Hardware" is_critical="0"><description>Calls.</description></asset>`,
  risks: `<vulnerability name="Weak lock" type="Design"><description>Old.</description>
      <vulnerability_environment name="Day" severity="Critical"><vulnerable_asset name="Database"/></vulnerability_environment></vulnerability>
    <attacker name="Thief" image=""><description>Steals.</description></attacker>
    <threat name="Orders are stolen" type="Electronic/Hacking">
      <method>By reading\n  the database.</method>
      <threat_environment name="Day" likelihood="Remote"><threat_attacker name="Thief"/>
        <threatened_asset name="Database"/><threatened_asset name="Orders"/><threatened_asset name="Modem"/>
        <threatened_property name="confidentiality" value="High"><rationale>Worth money.</rationale></threatened_property></threat_environment>
      <threat_environment name="Night" likelihood="Probable"><threat_attacker name="Thief"/><threatened_asset name="Orders"/></threat_environment>
    </threat>
    <risk name="Night theft" vulnerability="Weak lock" threat="Orders are stolen">
      <misusecase environment="Night"><narrative>He comes by night.</narrative></misusecase></risk>
    <response risk="Night theft" type="Prevent"><prevent_environment name="Night"/></response>
    <asset_association environment="Day" head_name="Database" tail_name="Orders"/>`,
  goals: `<domainproperty name="Staff" type="Hypothesis" originator="Head"><definition>Staff is trained.</definition></domainproperty>
    <goal name="Sell"/><goal name="Earn"/>
    <requirement name="Lock" reference="database" reference_type="asset" label="1" type="Security" priority="1">
      <description>The database shall be locked.</description><rationale>It is worth it.</rationale>
      <fit_criterion>Nobody gets in.</fit_criterion><originator>Standard 7</originator></requirement>
    <requirement name="Speed" reference="Day" reference_type="environment" label="2" type="Performance" priority="3">
      <description>Pages shall be fast.</description><rationale>None</rationale><fit_criterion>none</fit_criterion><originator/></requirement>
    <usecase name="Buy" author="Us" code="B"><description>Buys things.</description><actor name="Customer"/>
      <usecase_environment name="Day"><preconditions>Open.</preconditions></usecase_environment></usecase>
    <usecase name="Return" author="Us" code="R"><description>Sends back.</description></usecase>
    <countermeasure name="New lock" type="Hardware"><description>Of steel.</description>
      <countermeasure_environment name="Night" cost="Low"><countermeasure_requirement name="Lock"/>
        <target name="Weak lock" effectiveness="High"><target_response name="Prevent Night theft"/><rationale>Hard.</rationale></target>
      </countermeasure_environment></countermeasure>`,
  dataflows: `${flow('order', 'Customer entity', 'Buy process', 'Parcel')}${flow('save', 'Buy process', 'Database datastore', 'Orders')}
    <trust_boundary name="Inside"><description>Ours.</description>
      <trust_boundary_environment name="Day"><trust_boundary_component name="Buy" type="process"/>
        <trust_boundary_component name="Database" type="datastore"/></trust_boundary_environment></trust_boundary>`,
}

/** A data flow that carries assets. */
export function flow(name: string, from: string, to: string, ...assets: readonly string[]): string {
  const end = (word: string, text: string) => {
    const at = text.lastIndexOf(' ')
    return `${word}_name="${text.slice(0, at)}" ${word}_type="${text.slice(at + 1)}"`
  }
  const carried = assets.map(asset => `<dataflow_asset name="${asset}"/>`).join('')
  return `<dataflow name="${name}" environment="Day" ${end('from', from)} ${end('to', to)}>${carried}</dataflow>`
}

/** The model with some of its sections said otherwise. */
export function model(more: Partial<Record<keyof typeof PARTS | 'other', string>> = {}): string {
  const sections = Object.entries({ ...PARTS, ...more }).map(([name, text]) => `<${name}>\n${text}\n</${name}>\n`)
  return `${HEAD}<cairis_model>\n${sections.join('')}</cairis_model>\n`
}

/** What a text becomes, which must be accepted. */
export function read(text: string) {
  const result = readCairis('model.xml', text, stamp)
  if (!result.ok) throw new Error(result.problems[0].message)
  const { design, report, formatVersion } = result.value
  expectSound(design)
  for (const { at } of lossesOf(report)) expect(at).toMatch(/^model\.xml:\d+:\d+$/)
  return { design, formatVersion, losses: lossesOf(report), problems: report.problems, counts: countsOf(design) }
}

/** The one problem of a refusal, which must be complete. */
export function refused(text: string): Problem {
  const result = readCairis('model.xml', text, stamp)
  if (result.ok) throw new Error('it was read')
  expect(result.problems).toHaveLength(1)
  const [problem] = result.problems
  expect(problem).toMatchObject({
    severity: 'error',
    at: expect.stringMatching(/^model\.xml/),
    cure: expect.stringMatching(/\.$/),
  })
  expect(problem.message.length).toBeLessThan(400)
  return problem
}

/** Line and column of the first place where that stands in the model. */
export function lineOf(text: string): string {
  const before = model().slice(0, model().indexOf(text))
  return `${before.split('\n').length}:${before.length - before.lastIndexOf('\n')}`
}
