const WINDOW = 10 * 60_000
const PAUSE = 15 * 60_000
const LIMIT = 5

/** Opens lockers by pick-up code; parcels, log, bus and clock come from outside. */
export function lockerService({ parcels, log, open, now }) {
  const banks = new Map()

  return function enter({ bank, code }) {
    const at = now()
    const state = banks.get(bank) ?? { wrong: [], until: 0 }
    banks.set(bank, state)
    if (at < state.until) return answer('paused', { bank, at })
    const parcel = typeof code === 'string' && /^[0-9]{8}$/.test(code) ? parcels.get(code) : undefined
    if (parcel?.bank !== bank) {
      state.wrong = [...state.wrong.filter(time => at - time < WINDOW), at]
      if (state.wrong.length >= LIMIT) Object.assign(state, { wrong: [], until: at + PAUSE })
      return answer(`refused ${code}`, { bank, at })
    }
    parcels.delete(code)
    open({ bank, locker: parcel.locker })
    return answer('opened', { bank, at })
  }

  function answer(result, { bank, at }) {
    log(JSON.stringify({ bank, at: new Date(at).toISOString(), result }))
    return { result: result.split(' ')[0] }
  }
}
