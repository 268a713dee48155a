import type { RulePack } from '../core/model/types.ts'
import ai from './rules/ai.json'
import client from './rules/client.json'
import filesParsers from './rules/files-parsers.json'
import identity from './rules/identity.json'
import messaging from './rules/messaging.json'
import multiTenant from './rules/multi-tenant.json'
import privacy from './rules/privacy.json'
import secrets from './rules/secrets.json'
import storageCloud from './rules/storage-cloud.json'
import strideElement from './rules/stride-element.json'
import supplyChain from './rules/supply-chain.json'
import webApi from './rules/web-api.json'

/**
 * The rule packs beside the interaction patterns. Each of their rules waits for something that a design states, so a short run reads
 * them only when the guard (start.ts) says that one may find something.
 */
export const moreRules: readonly RulePack[] = [
  ai,
  client,
  filesParsers,
  identity,
  messaging,
  multiTenant,
  privacy,
  secrets,
  storageCloud,
  strideElement,
  supplyChain,
  webApi,
] as unknown as readonly RulePack[]
