import { contextBridge, ipcRenderer } from 'electron'
import { CHANNELS, PORT_MESSAGE, SHELL_NAME, type Shell } from './shell.ts'

let heard: (command: string) => void = () => {}

const shell: Shell = {
  connect: () => ipcRenderer.send(CHANNELS.connect),
  call: (name, input) => ipcRenderer.invoke(CHANNELS.call, name, input),
  onCommand: listener => {
    heard = listener
  },
}

ipcRenderer.on(CHANNELS.command, (_event, command) => heard(String(command)))

// The bridge to the page cannot carry a port; a message to our own window, for our own origin only, can.
ipcRenderer.on(CHANNELS.port, event => window.postMessage(PORT_MESSAGE, window.location.origin, [...event.ports]))

contextBridge.exposeInMainWorld(SHELL_NAME, shell)
