import type { Target, TargetPack } from '../model/types.ts'

export type PromptFile = { readonly path: string; readonly text: string }

/** Which templates make a target's files; `prompt` is the text itself, the others lie beside it. */
export type Layout = {
  readonly templates: { readonly prompt: string; readonly checklist?: string }
  readonly paths: (slug: string, target: Target) => { readonly prompt: string; readonly checklist?: string }
}

const PLAIN: Layout = {
  templates: { prompt: 'prompt' },
  paths: (slug, target) => ({ prompt: pathOf(target, slug) }),
}

/** Agent Skills: a folder named after the skill, with references one level deep. */
const SKILL: Layout = {
  templates: { prompt: 'skill', checklist: 'skill-checklist' },
  paths: (slug, target) => {
    const prompt = pathOf(target, slug)
    return { prompt, checklist: `${prompt.slice(0, prompt.lastIndexOf('/'))}/references/checklist.md` }
  },
}

/** How a target's files are laid out; whatever has no form of its own gets plain Markdown. */
export function layoutOf(target: string): Layout {
  return target === 'skill' ? SKILL : PLAIN
}

/** A target by its name, in the order of the packs. */
export function targetOf(packs: readonly TargetPack[], name: string): Target | undefined {
  return packs.flatMap(pack => pack.targets).find(target => target.name === name)
}

/** Names of all targets. */
export function targetNames(packs: readonly TargetPack[]): readonly string[] {
  return packs.flatMap(pack => pack.targets.map(target => target.name))
}

function pathOf(target: Target, slug: string): string {
  return (target.paths[0] ?? '{name}.md').replaceAll('{name}', slug)
}
