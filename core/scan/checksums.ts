/** The checksum of ISO/IEC 7812 card numbers. A row of equal digits passes it and is no card. */
export function isLuhn(digits: string): boolean {
  if (!/^\d{13,19}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** The remainder of a number written with digits and letters (A is 10), as ISO 7064 reads it. */
export function remainder(text: string, by: number): number {
  let rest = 0
  for (const char of text) rest = Number(`${rest}${Number.parseInt(char, 36)}`) % by
  return rest
}

/** The sum of the digits, each times its weight. */
export function weighed(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * Number(digits[i] ?? 0), 0)
}

/** ISO 7064 mod 11,10, as in the German tax number. */
export function isMod1110(digits: string): boolean {
  let product = 10
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10 || 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10 === Number(digits.at(-1))
}
