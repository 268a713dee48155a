/** Counts straight from the text of a ZAP report, written without a look at the reader. */
export type AlertCounts = {
  readonly alerts: number
  /** By risk code, from 0 to 3. */
  readonly risks: readonly number[]
  readonly instances: number
  readonly sites: number
  readonly weaknesses: number
}

export function zapCounts(text: string): AlertCounts {
  return text.trimStart().startsWith('<') ? xmlCounts(text) : jsonCounts(text)
}

function xmlCounts(text: string): AlertCounts {
  const items = text.split('<alertitem>').slice(1)
  const codes = items.map(item => Number(/<riskcode>(\d)/.exec(item)?.[1]))
  return {
    alerts: items.length,
    risks: [0, 1, 2, 3].map(code => codes.filter(one => one === code).length),
    instances: text.match(/<uri>/g)?.length ?? 0,
    sites: text.match(/<site /g)?.length ?? 0,
    weaknesses: items.filter(item => /<cweid>[1-9]/.test(item)).length,
  }
}

type Alert = { readonly riskcode: string; readonly cweid?: string; readonly instances: readonly unknown[] }

function jsonCounts(text: string): AlertCounts {
  const { site } = JSON.parse(text) as { site: { alerts: Alert[] }[] }
  const alerts = site.flatMap(one => one.alerts)
  return {
    alerts: alerts.length,
    risks: ['0', '1', '2', '3'].map(code => alerts.filter(({ riskcode }) => riskcode === code).length),
    instances: alerts.reduce((sum, { instances }) => sum + instances.length, 0),
    sites: site.length,
    weaknesses: alerts.filter(({ cweid }) => Number(cweid) > 0).length,
  }
}

export const folders: readonly string[] = ['zap']
export const counts: Readonly<Record<string, (text: string) => number>> = { dast: text => zapCounts(text).alerts }
