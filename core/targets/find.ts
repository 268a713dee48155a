import type { PromptPart, Target, TargetPack } from '../model/types.ts'

/** A target by its name, in the order of the packs. */
export function targetOf(packs: readonly TargetPack[], name: string): Target | undefined {
  return allTargets(packs).find(target => target.name === name)
}

/** Every target of every pack. */
export function allTargets(packs: readonly TargetPack[]): readonly Target[] {
  return packs.flatMap(pack => pack.targets)
}

/** Where a target's files lie, the prompt first, with the slots of the pack in them. */
export function pathsOf({ files }: Target): readonly string[] {
  return files.map(file => file.path)
}

/** The texts a target needs, the prompt's own first, each once. */
export function partsOf({ files }: Target): readonly [PromptPart, ...PromptPart[]] {
  const [first = 'prompt', ...rest] = [...new Set(files.map(file => file.part))]
  return [first, ...rest]
}
