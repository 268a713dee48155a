export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number }

export function unitCounts(report: object): Counts

export function journeyCounts(report: object): Counts
