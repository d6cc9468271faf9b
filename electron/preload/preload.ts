// Sandboxed preload: CommonJS, one file, only 'electron' may be required.
import { contextBridge, ipcRenderer } from 'electron'

ipcRenderer.on('postrider:ports', (event) => {
  // Ports cannot cross contextBridge: they are handed to the main world of this very page.
  window.postMessage('postrider:ports', window.location.origin, [...event.ports])
})

contextBridge.exposeInMainWorld('desktop', {
  kind: 'electron',
  /** Answered by a message 'postrider:ports' with two ports: the engine's and the host's. */
  connect: () => ipcRenderer.send('postrider:connect'),
})
