/** One line of the audit log. Account numbers never enter it: a reference is enough to find the booking. */
export type AuditEvent = {
  readonly event: 'transfer.accepted' | 'transfer.denied'
  readonly customer: string
  readonly reference: string
  readonly reason?: string
}

export type AuditLog = { readonly append: (event: AuditEvent) => void }

/** Takes out what could start a new line or hide text in a viewer. */
export function withoutControls(text: string): string {
  return text.replace(/\p{C}/gu, ' ').slice(0, 200)
}
