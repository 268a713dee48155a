import { expect } from 'vitest'
import type { ReadModel } from '../../../core/interop/reading/building.ts'
import { type Loss, lossesOf } from '../../../core/interop/report.ts'
import { readThreatcl, readThreatclHcl } from '../../../core/interop/threatcl/read.ts'
import type { Problem, Result } from '../../../core/support/result.ts'
import { stamp } from './imported.ts'

/** A file in the JSON form. */
export type Fields = Readonly<Record<string, unknown>>

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problems[0].at}: ${result.problems[0].message}`)
  return result.value
}

/** What a text in HCL becomes, which must be accepted. */
export function readHcl(text: string): ReadModel {
  return value(readThreatclHcl('model.hcl', text, stamp))
}

/** What a file in the JSON form becomes, which must be accepted. */
export function readJson(root: Fields): ReadModel {
  return value(readThreatcl('model.json', root, stamp))
}

/** The one problem of a refusal, which must be complete. */
export function refused(result: Result<ReadModel>): Problem {
  if (result.ok) throw new Error('it was read')
  expect(result.problems).toHaveLength(1)
  expect(result.problems[0].cure).toBeTruthy()
  return result.problems[0]
}

/** All losses in words. */
export function lossesIn({ report }: ReadModel): readonly string[] {
  return lossesOf(report).map(({ what }) => what)
}

/** The loss of that name. */
export function loss({ report }: ReadModel, what: string): Loss | undefined {
  return lossesOf(report).find(one => one.what === what)
}

/** A small model of our own that holds one of everything. */
export const SHOP = `
# What the shop fears.
spec_version = "0.8.0"

variable "who" {
  value = "somebody"
}

component "control" "lock" {
  description = "Lock it"
}

threatmodel "Shop" {
  description = "Sells things."
  author      = "@someone"
  imports     = ["controls.hcl", "more.hcl"]
  including   = "base.hcl"

  attributes {
    new_initiative  = "true"
    internet_facing = true
    initiative_size = "Small"
  }

  additional_attribute "segment" { value = "dmz" }

  information_asset "Customer Orders" {
    description                = "What people buy"
    information_classification = "restricted"
    source                     = "web"
  }
  information_asset "prices" { information_classification = "Public" }
  information_asset "plans" { information_classification = "Eyes only" }

  usecase { description = "People buy things." }
  exclusion { description = "Keys are kept by a service." }

  third_party_dependency "payment" {
    description       = "Takes the money"
    saas              = true
    uptime_dependency = "hard"
    uptime_notes      = "Nobody can pay"
  }

  threat "Orders are read" {
    description            = <<-EOT
      Somebody reads orders.

      All of them.
    EOT
    stride                 = ["Info Disclosure", "Elevation Of Privilege"]
    impacts                = ["Confidentiality", "Integrity"]
    information_asset_refs = ["Customer Orders", information_asset.prices]
    control_imports        = ["import.control.lock"]

    risk {
      likelihood = "Very High"
      impact     = "low"
      rationale  = "Seen before"
    }

    control "Check who asks" {
      description          = "At every call"
      implemented          = true
      implementation_notes = "In the gateway"
      risk_reduction       = 50
      attribute "team" { value = "A" }
    }
    expanded_control "Encrypt" {
      description = import.control.encrypt.description
      implemented = false
    }
    proposed_control {
      description = "Look at the logs"
    }
  }

  threat {
    description = "Something else"
    control     = "Guards"
    stride      = ["Spoofing", "Magic"]
  }

  data_flow_diagram_v2 "Overview" {
    import = "drawn.json"

    external_element "Customer" { trust_zone = "Internet" }
    process "Web App" {}
    trust_zone "Data Centre" {
      process "Worker" { trust_zone = "data-centre" }
      data_store "Store" {
        information_asset = "customer_orders"
      }
    }
    process "Cron" { trust_zone = trust_zone.data_centre }

    flow "https" {
      from     = "Customer"
      to       = process.web_app
      protocol = "TLS 1.3"
    }
    flow "sql" {
      from = "web-app"
      to   = "Store"
    }
    flow "sql" {
      from = "Store"
      to   = "Web App"
    }
    flow "queue" {
      from = "Web App"
      to   = "Nothing"
    }
  }

  data_flow_diagram {
    process "Web App" {}
  }

  mermaid "Sketch" {
    content = "graph TD; A-->B"
  }
}
`
