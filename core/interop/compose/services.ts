import type { Element } from '../../model/types.ts'
import { provenanceFor } from '../reading/building.ts'
import { defined, lineOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { lengthsOf } from '../reading/list-limits.ts'
import { many, tally } from '../report.ts'
import { extended } from './extends.ts'
import { type Image, imageOf } from './images.ts'
import { filled } from './interpolation.ts'
import { keptOf, tellKeys } from './keys.ts'
import { isPrivileged } from './privileges.ts'
import type { File } from './read.ts'

/** A service of the file with what it extends, and the element it becomes. */
export type Service = {
  readonly name: string
  readonly id: string
  readonly raw: Raw
  /** JSON pointer to it. */
  readonly place: string
  readonly image: Image | undefined
  readonly kind: Element['kind']
}

/** More than any person writes, over all services with what they extend. */
const MOST_PARTS = 50_000

/** The services of the file in its order; nothing when they hold too much, which is found before it is made. */
export function servicesOf(file: File): readonly Service[] | undefined {
  let parts = 0
  const services: Service[] = []
  for (const [name, value] of Object.entries(file.services)) {
    const service = serviceOf(file, name, value)
    if (!service) continue
    parts += Object.keys(service.raw).length
    for (const part of Object.values(service.raw)) parts += lengthsOf(part, Object.keys(recordOf(part) ?? {}))
    if (parts > MOST_PARTS) return undefined
    services.push(service)
  }
  return services
}

function serviceOf(file: File, name: string, value: unknown): Service | undefined {
  const { building, at } = file
  const place = at('services', name)
  const own = recordOf(value)
  if (!own) {
    building.report.losses.push({ at: place, what: 'One service', why: 'It is no object: nothing can be read from it.' })
    return undefined
  }
  const raw = extended(file, name, own)
  const image = imageOf(filled(raw.image)?.text ?? '')
  const kind = image?.store ? 'dataStore' : 'process'
  return { name, id: building.idFor('E', building.model, '/services', name), raw, place, image, kind }
}

/** The elements of services: a store where the image is a known one, a process otherwise. */
export function addServices({ building }: File, services: readonly Service[]): void {
  for (const service of services) {
    const { id, name, raw, kind } = service
    tellKind(building.report, service)
    tellKeys(building.report, service)
    building.elements[id] = defined({
      id,
      name: lineOf(name, 400) ?? 'Unnamed service',
      kind,
      technology: technologyOf(service),
      attributes: isPrivileged(raw) ? { runsAsPrivileged: 'yes' as const } : undefined,
      provenance: provenanceFor(building, lineOf(name, 1000)),
      foreign: keptOf(service),
    })
  }
}

/** The product and version that the image's name and tag say; of unknown images, the reference itself. */
function technologyOf({ image, raw }: Service): string | undefined {
  if (!image) return undefined
  const isFixed = filled(raw.image)?.isVariable === false
  if (!image.store) return isFixed ? image.reference : undefined
  const version = isFixed && image.store.isVersioned ? /^v?(\d+(?:\.\d+)*)(?:-|$)/.exec(image.tag ?? '')?.[1] : undefined
  return version === undefined ? image.store.title : `${image.store.title} ${version}`
}

function tellKind(report: File['building']['report'], { image, place }: Service): void {
  tally(
    report,
    place,
    image?.store
      ? {
          what: count => `Kind of ${many(count, 'store')}`,
          why: 'Told by the name of the image, which is one of a well-known database, cache, queue or object store. Check it.',
        }
      : {
          what: count => `Kind of ${many(count, 'service')}`,
          why: 'The image is built here or none of the stores that are known by name: a process. Check it.',
        },
  )
}
