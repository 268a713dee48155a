import { LAYERS } from './layers.ts'

/** The linter's overrides that follow from the layer table; biome.json holds exactly these. */
export function biomeOverrides(): readonly unknown[] {
  return Object.keys(LAYERS).map(layer => {
    const forbidden = Object.keys(LAYERS).filter(other => other !== layer && !mayReach(layer, other))
    return {
      includes: [layer.endsWith('.ts') ? layer : `${layer}/**`],
      linter: {
        rules: {
          style: {
            noRestrictedImports: {
              level: 'error',
              options: {
                patterns: [
                  {
                    group: forbidden.map(other => `**/${other}${other.endsWith('.ts') ? '' : '/**'}`),
                    message: `${layer} may not import this room: see the table in docs/architecture.md.`,
                  },
                ],
              },
            },
          },
        },
      },
    }
  })
}

/** A folder is open when the row names it, or names a part of it. */
function mayReach(layer: string, other: string): boolean {
  return (LAYERS[layer]?.imports ?? []).some(
    allowed => allowed === other || allowed.startsWith(`${other}/`) || other.startsWith(`${allowed}/`),
  )
}
