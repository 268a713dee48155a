import { type Raw, recordOf } from '../reading/json-fields.ts'

const TOP = new Set('name version services networks volumes secrets configs include models'.split(' '))
const REST =
  'container_name depends_on ports expose environment env_file volumes networks links network_mode command entrypoint'.split(' ')

/**
 * Whether a file is a Compose file: services by name that are run from an image or built, and at the top mostly keys of Compose. Files of
 * other tools also have services: lists of them in pipelines, classes in containers of frameworks, values for charts.
 */
export function isCompose(root: Raw): boolean {
  const services = Object.values(recordOf(root.services) ?? {}).map(value => recordOf(value) ?? {})
  const top = Object.keys(root)
  const own = top.filter(key => TOP.has(key) || key.startsWith('x-')).length
  return own * 2 > top.length && services.some(service => isRun(service) || isAddition(service))
}

function isRun({ image, build, extends: base, provider }: Raw): boolean {
  const isBuilt = typeof build === 'string' || recordOf(build) !== undefined
  return typeof image === 'string' || isBuilt || recordOf(base) !== undefined || recordOf(provider) !== undefined
}

/** A file that is put over another one names what it adds only. */
function isAddition(service: Raw): boolean {
  return !Object.hasOwn(service, 'image') && !Object.hasOwn(service, 'class') && REST.some(key => Object.hasOwn(service, key))
}
