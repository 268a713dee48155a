/** Rules without their fixtures: those are for the tests, and a fifth of the file. */
export function withoutFixtures() {
  return {
    name: 'without-fixtures',
    enforce: 'pre',
    transform(code, id) {
      if (!/packs\/rules\/[^/]+\.json$/.test(id)) return undefined
      return { code: JSON.stringify(JSON.parse(code, dropFixtures)), map: null }
    },
  }
}

export function dropFixtures(key, value) {
  return key === 'fixtures' ? undefined : value
}
