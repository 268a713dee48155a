import { JSON_LIMITS, tooLarge } from '../../model/json.ts'
import type { Stamp } from '../../model/types.ts'
import { ok, type Result } from '../../support/result.ts'
import type { ReadModel } from '../reading/building.ts'
import { designOf } from '../reading/drawn-design.ts'
import { lineOf } from '../reading/json-fields.ts'
import { drawingOf } from './drawing.ts'
import { partsOf } from './parts.ts'

/** Reads a model of the Microsoft Threat Modeling Tool: what is drawn, and the threats that were saved with it. */
export function readTm7(file: string, text: string, stamp: Stamp): Result<ReadModel> {
  if (text.length > JSON_LIMITS.length) return tooLarge(file, text.length, JSON_LIMITS.length)
  const parts = partsOf(file, text)
  if (!parts.ok) return parts
  const { report, version } = parts.value
  const formatVersion = lineOf(version, 40) ?? '4'
  const origin = { file, tool: `Microsoft Threat Modeling Tool ${formatVersion}`, family: 'tm7', stamp }
  return ok({ design: designOf(drawingOf(parts.value), origin, report), formatVersion, report })
}
