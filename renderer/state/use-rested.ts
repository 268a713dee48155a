import { useEffect, useState } from 'react'

/** The value once it has rested so many milliseconds; until then the one that rested before, at first none. */
export function useRested<T>(value: T, rest: number): T | undefined {
  const [rested, setRested] = useState<T>()
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), rest)
    return () => clearTimeout(timer)
  }, [value, rest])
  return rested
}
