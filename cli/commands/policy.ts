import { readFileSync } from 'node:fs'
import path from 'node:path'
import { defaultZone, PRESETS, ZONE_OBLIGATIONS } from '../../core/gate/floors.ts'
import { policyProblems } from '../../core/gate/policy-checks.ts'
import { mapsOf } from '../../core/gate/policy-maps.ts'
import { type Simulated, type SimulatedRow, simulatePolicies, withPreset } from '../../core/gate/simulate.ts'
import { waiverLines } from '../../core/gate/waivers.ts'
import { explainRow } from '../../core/model/explain.ts'
import { parseOwnJson } from '../../core/model/json.ts'
import { policyOf } from '../../core/model/lookup.ts'
import { rowProblem } from '../../core/model/parse.ts'
import type { Policy } from '../../core/model/types.ts'
import { idsOf } from '../../core/support/order.ts'
import { ok, type Problem, type Result, refuse } from '../../core/support/result.ts'
import { openDesign } from '../design.ts'
import { answer, type Command } from '../frame.ts'
import { packsFor } from '../packs.ts'
import { count, table } from '../table.ts'

export const policy: Command = {
  takes: [],
  options: {
    preset: { value: 'NAME', help: 'What this preset would change: team, strict or regulated.' },
    file: { value: 'POLICY', help: 'What this policy.json would change.' },
    tool: { value: 'NAME', help: 'As if this tool were used; without it, rules about tools are silent.' },
    model: { value: 'NAME', help: 'As if this model were used.' },
    by: { value: 'PERSON', help: 'As if this person used it.' },
  },
  async run({ options, world }) {
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const { design } = opened.value
    const before = policyOf(design)
    const [preset, file] = [options.text('preset'), options.text('file')]
    const chosen = otherPolicy(before, { preset, file: file === undefined ? undefined : path.resolve(world.cwd, file) })
    if (!chosen.ok) return chosen
    const after = chosen.value ?? before
    const [tool, model, by] = ['tool', 'model', 'by'].map(name => options.text(name))
    const named = {
      ...(tool === undefined ? {} : { tool }),
      ...(model === undefined ? {} : { model }),
      ...(by === undefined ? {} : { by }),
    }
    const use = Object.keys(named).length > 0 ? { use: named } : {}
    const { workItems, elements, counts } = simulatePolicies(design, await packsFor(opened.value), {
      ...{ before, after, at: world.at },
      ...use,
    })
    const problems = policyProblems(design, after, world.at)
    const said = { ...saidBy(after), waivers: waiverLines(after, world.at), problems }
    if (chosen.value === undefined) {
      const now = [...workItems, ...elements].map(({ id, kind, name, after: stands }) => ({ id, kind, name, ...stands }))
      return answer(
        { ...said, applies: now },
        [headOf(after), '', ruleLines(after), '', nowTable([...workItems, ...elements]), ...problemLines(problems)].join('\n'),
      )
    }
    const sum = `${count(counts.stricter, 'thing')} stricter, ${counts.looser} looser, ${counts.same} as now`
    const changed = [...workItems, ...elements].filter(row => row.change !== 'same' || row.before.from !== row.after.from)
    const text = [headOf(after), '', ...(changed.length > 0 ? [changeTable(changed), ''] : []), sum, ...problemLines(problems)]
    return answer({ ...said, workItems, elements, counts }, text.join('\n'))
  },
}

type Asked = { readonly preset: string | undefined; readonly file: string | undefined }

/** The policy to compare with; undefined where none is named. */
function otherPolicy(now: Policy, { preset, file }: Asked): Result<Policy | undefined> {
  if (preset !== undefined && file !== undefined)
    return refuse({
      code: 'usage.policy',
      message: '--preset and --file cannot both be given.',
      cure: 'Leave one of them out.',
    })
  if (file !== undefined) return readPolicy(file)
  if (preset === undefined) return ok(undefined)
  if (isPreset(preset)) return ok(withPreset(now, preset))
  return refuse({
    code: 'policy.preset',
    at: preset,
    message: `There is no preset "${preset}".`,
    cure: `One of: ${Object.keys(PRESETS).join(', ')}.`,
  })
}

function isPreset(name: string): name is keyof typeof PRESETS {
  return Object.hasOwn(PRESETS, name)
}

function readPolicy(file: string): Result<Policy> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return refuse({
      code: 'policy.unreadable',
      at: file,
      message: `The policy could not be read: ${reason}.`,
      cure: 'Name a policy.json, as the one in a design folder.',
    })
  }
  const parsed = parseOwnJson(file, text)
  if (!parsed.ok) return parsed
  const { value } = parsed
  const row = typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, id: 'policy' } : value
  const problem = rowProblem('policy', 'policy.json', row, explainRow)
  if (!problem) return ok(row as Policy)
  return {
    ok: false,
    problems: [{ ...problem, at: problem.at?.replace('policy.json', file) ?? file, cure: 'Correct the file.' }],
  }
}

function saidBy(policy: Policy) {
  const rules = idsOf(policy.rules).map(id => ({ id, ...policy.rules?.[id], maps: mapsOf(policy, id) }))
  const tools = idsOf(policy.tools).map(id => ({ id, ...policy.tools?.[id] }))
  const zone = defaultZone(policy)
  return {
    preset: policy.preset,
    default: zone,
    obligations: ZONE_OBLIGATIONS[zone],
    maps: mapsOf(policy, 'default'),
    rules,
    tools,
  }
}

function headOf(policy: Policy): string {
  const parts = [
    count(idsOf(policy.rules).length, 'rule'),
    count(idsOf(policy.tools).length, 'tool'),
    count(idsOf(policy.waivers).length, 'waiver'),
  ]
  return `Policy ${policy.preset}: ${defaultZone(policy)} where no rule says otherwise; ${parts.join(', ')}`
}

function ruleLines(policy: Policy): string {
  const rules = idsOf(policy.rules).map(id => {
    const rule = policy.rules?.[id]
    return [id, rule?.level ?? '', JSON.stringify(rule?.when ?? {}), mapsOf(policy, id).join(', ')]
  })
  return rules.length === 0
    ? 'No rules of its own; the built-in floors for code classes hold.'
    : table(['rule', 'zone', 'when', 'maps'], rules)
}

function nowTable(rows: readonly SimulatedRow[]): string {
  if (rows.length === 0) return 'Nothing to apply it to yet.'
  return table(
    ['id', 'zone', 'decided by', 'answers', 'name'],
    rows.map(({ id, name, after }) => [id, after.level, decidedBy(after), after.maps.join(', '), name]),
  )
}

function changeTable(rows: readonly SimulatedRow[]): string {
  return table(
    ['id', 'before', 'decided by', 'after', 'decided by', 'name'],
    rows.map(({ id, name, before, after }) => [id, before.level, decidedBy(before), after.level, decidedBy(after), name]),
  )
}

function decidedBy({ from, waiver, allowed }: Simulated): string {
  return `${from}${waiver === undefined ? '' : ` (waived: ${waiver})`}${allowed ? '' : ' (no prompt)'}`
}

function problemLines(problems: readonly Problem[]): readonly string[] {
  if (problems.length === 0) return []
  return [
    '',
    ...problems.map(
      ({ severity, at, message, cure }) => `${severity.padEnd(7)} ${at ?? ''}  ${message}${cure === undefined ? '' : ` ${cure}`}`,
    ),
  ]
}
