import type { Imported } from '../../../core/interop/import.ts'
import { read } from './imported.ts'

type Things = Readonly<Record<string, unknown>>

/** A small Threagile model: a browser, a shop and its store, in two networks. */
export function model(more: Things = {}): Things {
  return {
    threagile_version: '1.0.0',
    title: 'Shop',
    data_assets: { Orders: { id: 'orders', confidentiality: 'confidential', integrity: 'critical', availability: 'important' } },
    technical_assets: {
      Browser: { id: 'browser', type: 'external-entity', communication_links: { Buy: link({ data_assets_sent: ['orders'] }) } },
      Shop: { id: 'shop', type: 'process', communication_links: { 'Store order': link({ target: 'store', protocol: 'jdbc' }) } },
      Store: { id: 'store', type: 'datastore', data_assets_stored: ['orders'] },
    },
    trust_boundaries: {
      Cloud: {
        id: 'cloud',
        type: 'network-cloud-provider',
        technical_assets_inside: ['shop'],
        trust_boundaries_nested: ['inner'],
      },
      Inner: { id: 'inner', type: 'network-virtual-lan', technical_assets_inside: ['store'] },
    },
    ...more,
  }
}

/** A link to the shop, unless it says otherwise. */
export function link(more: Things = {}): Things {
  return { target: 'shop', protocol: 'https', authentication: 'token', authorization: 'none', ...more }
}

/** The model with one asset that says more. */
export function withAsset(more: Things): Things {
  const { technical_assets } = model() as { technical_assets: Things }
  return model({ technical_assets: { ...technical_assets, Extra: { id: 'extra', type: 'process', ...more } } })
}

/** The model with one link of the browser that says more. */
export function withLink(more: Things): Things {
  return withAsset({ communication_links: { Extra: link(more) } })
}

/** A category with one risk; both say more. */
export function withRisk(risk: Things, category: Things = {}, tracking: Things = {}): Things {
  return model({
    individual_risk_categories: {
      Odd: { id: 'odd', stride: 'spoofing', cwe: 5, risks_identified: { 'Odd <b>thing</b>': risk }, ...category },
    },
    risk_tracking: tracking,
  })
}

/** Read with the files given together with it. */
export function readWith(text: unknown, others: Readonly<Record<string, string>>, name = 'model.yaml'): Imported {
  const result = read(text, { others: new Map(Object.entries(others)) }, name)
  if (!result.ok) throw new Error(result.problems[0].message)
  return result.value
}

/** What was lost, by name. */
export function whats({ summary }: Imported): readonly string[] {
  return summary.losses.map(({ what }) => what)
}

/** The codes of the questions asked. */
export function codes({ summary }: Imported): readonly string[] {
  return summary.problems.map(({ code }) => code)
}
