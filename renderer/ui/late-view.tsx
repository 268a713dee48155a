import { type ComponentType, lazy, Suspense, useState } from 'react'

/** A view whose code is read when it is needed; once read it shows at once, without the empty moment of a suspended view. */
export type LateView = {
  /** Reads the code, and is never refused: a view that cannot be read says so when it is shown. */
  readonly read: () => Promise<void>
  readonly view: () => ComponentType
}

/** `from` reads the code of a view. */
export function lateView(from: () => Promise<ComponentType>): LateView {
  let known: ComponentType | undefined
  const load = async () => {
    known = await from()
    return { default: known }
  }
  const Late = lazy(load)
  const nothing = () => undefined
  return { read: () => load().then(nothing, nothing), view: () => known ?? Late }
}

/** Shows a late view. Whoever shows another in the same place gives each a key. */
export function Late({ view }: { readonly view: LateView }) {
  // Chosen once: a view that was late must not be made anew when it has come.
  const [{ View }] = useState(() => ({ View: view.view() }))
  return (
    <Suspense fallback={null}>
      <View />
    </Suspense>
  )
}
