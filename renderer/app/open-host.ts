import { ok, type Result, refuse } from '../../core/support/result.ts'
import { hostOverHttp, tokenIn } from '../../host/client/http.ts'
import { hostOverPort } from '../../host/client/port.ts'
import type { Host } from '../../host/contract.ts'
import { PORT_MESSAGE, type Shell, shellHere } from '../state/shell.ts'
import { t } from '../words/translate.ts'

/** The machine this window works on: over the desktop's port where there is one, else over loopback. */
export async function openHost(): Promise<Result<Host>> {
  const shell = shellHere()
  if (shell) return hostFromShell(shell)
  const token = tokenIn(location.hash)
  // The token is used once; it must not stay in the address bar or the history.
  if (token !== undefined) history.replaceState(null, '', `${location.pathname}#/`)
  return hostOverHttp(location.origin, token)
}

const PATIENCE = 20_000

function hostFromShell(shell: Shell): Promise<Result<Host>> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(refuse(noPort())), PATIENCE)
    addEventListener('message', function onMessage(event) {
      const [port] = event.ports
      if (event.source !== window || event.origin !== location.origin || event.data !== PORT_MESSAGE || !port) return
      removeEventListener('message', onMessage)
      clearTimeout(timer)
      resolve(ok(hostOverPort(port)))
    })
    shell.connect()
  })
}

function noPort() {
  return {
    code: 'window.noHost',
    message: t('The design was not opened within 20 seconds.'),
    cure: t('Close the window and start Skeptic again.'),
  }
}
