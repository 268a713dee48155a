/** Remembers the last answer; cheap because a snapshot keeps the identity of what did not change. */
export function memoLast<A extends readonly unknown[], R>(derive: (...args: A) => R): (...args: A) => R {
  let last: { readonly args: A; readonly answer: R } | undefined
  return (...args) => {
    if (!last || last.args.length !== args.length || last.args.some((arg, i) => arg !== args[i]))
      last = { args, answer: derive(...args) }
    return last.answer
  }
}
