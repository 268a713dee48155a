import type { RulePack } from '../core/model/types.ts'
import ai from './rules/ai.json'
import client from './rules/client.json'
import filesParsers from './rules/files-parsers.json'
import messaging from './rules/messaging.json'
import multiTenant from './rules/multi-tenant.json'
import privacy from './rules/privacy.json'
import secrets from './rules/secrets.json'
import storageCloud from './rules/storage-cloud.json'
import strideElement from './rules/stride-element.json'
import strideInteraction from './rules/stride-interaction.json'
import supplyChain from './rules/supply-chain.json'

/** The rule packs that ship with the program. JSON types are wide; the tests hold each file against its schema. */
export const builtinRules: readonly RulePack[] = [
  ai,
  client,
  filesParsers,
  messaging,
  multiTenant,
  privacy,
  secrets,
  storageCloud,
  strideElement,
  strideInteraction,
  supplyChain,
] as unknown as readonly RulePack[]
