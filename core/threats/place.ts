import { idsAfter } from '../model/identity.ts'
import { attentionOn, attentionOnElement, isNowOn } from './attention.ts'
import type { Binding } from './binding.ts'
import type { CompiledRule } from './compile.ts'
import type { AttentionReason, Finding, FindingOn } from './finding.ts'
import { Found } from './found.ts'
import { elementReason, interactionReason } from './reason.ts'
import type { Slots } from './text.ts'

/**
 * One interaction or one element, and the rules that match there. A large design has tens of thousands of places with ten findings
 * each, and shows a screenful: so what a finding says is made when it is read, and what its neighbours share is made once.
 */
export class Place {
  readonly binding: Binding
  readonly matched: readonly CompiledRule[]
  private readonly isUnresolved: boolean
  private onMade: FindingOn | undefined
  private attentionMade: readonly AttentionReason[] | undefined
  private isNowMade: boolean | undefined
  private openingMade: string | undefined
  private slotsMade: Slots | undefined
  private idsMade: ((rule: string) => string) | undefined
  private findingsMade: readonly Finding[] | undefined

  constructor(binding: Binding, matched: readonly CompiledRule[], isUnresolved: boolean) {
    this.binding = binding
    this.matched = matched
    this.isUnresolved = isUnresolved
  }

  /** One for each rule that matches, in the order of the rules. */
  get findings(): readonly Finding[] {
    this.findingsMade ??= this.matched.map(compiled => new Found(this, compiled))
    return this.findingsMade
  }

  get on(): FindingOn {
    this.onMade ??= onOf(this.binding)
    return this.onMade
  }

  /** Why it must be looked at now; the same for all its findings. */
  get attention(): readonly AttentionReason[] {
    const { element } = this.binding
    this.attentionMade ??= element ? attentionOnElement(this.binding, element) : attentionOn(this.binding, this.isUnresolved)
    return this.attentionMade
  }

  /** Whether there is any reason to look at it now. */
  get isNow(): boolean {
    this.isNowMade ??=
      this.attentionMade || this.binding.element ? this.attention.length > 0 : isNowOn(this.binding, this.isUnresolved)
    return this.isNowMade
  }

  /** The sentence that every reason here starts with. */
  get opening(): string {
    const { element } = this.binding
    this.openingMade ??= element ? elementReason(element) : interactionReason(this.binding)
    return this.openingMade
  }

  get slots(): Slots {
    const { flow, source, target, element } = this.binding
    this.slotsMade ??= {
      flow: flow?.name ?? '',
      source: source?.name ?? '',
      target: target?.name ?? '',
      element: element?.name ?? '',
    }
    return this.slotsMade
  }

  idOf(rule: string): string {
    this.idsMade ??= findingIds(this.on)
    return this.idsMade(rule)
  }
}

/** The id of a finding: the hash of rule and objects, so that neither names nor texts change it. */
export function findingId(rule: string, on: FindingOn): string {
  return findingIds(on)(rule)
}

/** Ids of what rules find on the same objects: the hash of their canonical JSON, written here with its keys in order. */
function findingIds(on: FindingOn): (rule: string) => string {
  const text = JSON.stringify
  const isElement = on.kind === 'element'
  const ids = idsAfter(
    'N',
    isElement ? `{"element":${text(on.element)},"rule":` : `{"direction":${text(on.direction)},"flow":${text(on.flow)},"rule":`,
  )
  const end = isElement ? '}' : `,"source":${text(on.source)},"target":${text(on.target)}}`
  return rule => ids(text(rule) + end)
}

function onOf({ flow, source, target, element, isReverse }: Binding): FindingOn {
  if (!flow || !source || !target) return { kind: 'element', element: element?.id ?? '' }
  const direction = isReverse ? 'reverse' : 'forward'
  return { kind: 'interaction', flow: flow.id, source: source.id, target: target.id, direction }
}
