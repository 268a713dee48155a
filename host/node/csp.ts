/** The page that draws Mermaid: an origin of its own, no network, no way back but messages. */
export const MERMAID_PAGE = '/mermaid-host.html'

/** Its one script. The page has an origin of its own, so this file alone may be loaded from another one. */
export const MERMAID_SCRIPT = '/mermaid-host.js'

/** Which rules a file of the workbench is sent with. */
export type Served = 'app' | 'mermaid' | 'mermaidScript'

/** The rules for an address. */
export function servedAs(address: string): Served {
  return address === MERMAID_PAGE ? 'mermaid' : address === MERMAID_SCRIPT ? 'mermaidScript' : 'app'
}

/** The one constant style rule React Aria adds at run time; a journey fails when an update changes it. */
const REACT_ARIA_STYLE = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='"

/** The policy of every response but one, in the desktop app and in the browser. */
export function appCsp(): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${REACT_ARIA_STYLE}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}

/** The policy of the page that draws Mermaid, whose text may come from anywhere. */
export function mermaidCsp(): string {
  return "sandbox allow-scripts; default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
}

/** Headers of every response, whatever its status: a worker or frame without the policy would run outside of it. */
export function securityHeaders(page: Served = 'app'): Readonly<Record<string, string>> {
  return {
    'content-security-policy': page === 'mermaid' ? mermaidCsp() : appCsp(),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': page === 'mermaidScript' ? 'cross-origin' : 'same-origin',
    'permissions-policy':
      'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
    'cache-control': 'no-store',
  }
}
