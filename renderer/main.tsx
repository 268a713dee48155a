import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import './ui/tokens.css'
import './ui/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { openHost } from './app/open-host.ts'
import { Opening } from './app/opening.tsx'
import { Refused } from './app/refused.tsx'
import { settleAddress } from './app/use-address.ts'
import { loadPreferences } from './state/preferences.ts'
import { joinWorkbench } from './state/workbench.ts'
import { speak } from './words/translate.ts'

/** Shows the frame at once, joins the host, and shows the workbench or says why there is none. */
async function start(): Promise<void> {
  const place = document.getElementById('root')
  if (!place) throw new Error('main: the page has no root')
  const root = createRoot(place)
  const joining = openHost().then(host => (host.ok ? joinWorkbench(host.value) : host))
  await speak(loadPreferences().language)
  root.render(<Opening />)
  const joined = await joining
  if (joined.ok) settleAddress(joined.value)
  root.render(joined.ok ? <App workbench={joined.value} /> : <Refused problems={joined.problems} />)
}

void start()
