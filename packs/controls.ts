import type { ControlPack } from '../core/model/types.ts'
import ai from './controls/ai.json'
import client from './controls/client.json'
import core from './controls/core.json'
import files from './controls/files.json'
import identity from './controls/identity.json'
import platform from './controls/platform.json'
import privacy from './controls/privacy.json'
import supply from './controls/supply.json'
import web from './controls/web.json'

/** The control packs that ship with the program. JSON types are wide; the tests hold each file against its schema. */
export const builtinControls: readonly ControlPack[] = [
  ai,
  client,
  core,
  files,
  identity,
  platform,
  privacy,
  supply,
  web,
] as unknown as readonly ControlPack[]
