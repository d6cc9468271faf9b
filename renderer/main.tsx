import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { keepMirror } from './cache/keep-mirror.ts'
import { openLayout } from './cache/layout.ts'
import { readSeed } from './cache/seed.ts'
import { keepConnected } from './live/keep-connected.ts'
import { App } from './views/shell/App.tsx'
import { keepAppearance } from './views/shell/appearance.ts'
import { MainWindow } from './views/shell/MainWindow.tsx'
import './theme/tokens.css'
import './theme/base.css'

/** Which window this is says the address: `/?window=compose&...`; without it, it is the main window. */
const params = new URLSearchParams(location.search)

// The connection, the layout and the window's code all start at once; whichever is last decides when something is seen.
const connection = keepConnected()
const layoutReady = openLayout()

async function openWindow(): Promise<ReactNode> {
  switch (params.get('window')) {
    case 'compose': {
      const { ComposeWindow } = await import('./views/compose/ComposeWindow.tsx')
      return <ComposeWindow params={params} />
    }
    case 'help': {
      const { HelpWindow } = await import('./views/help/HelpWindow.tsx')
      return <HelpWindow params={params} />
    }
    case 'message': {
      const { MessageWindow } = await import('./views/reading-pane/MessageWindow.tsx')
      return <MessageWindow params={params} layout={await layoutReady} />
    }
    default: {
      const layout = await layoutReady
      const seed = await readSeed(connection.engine, layout)
      return <MainWindow layout={layout} seed={seed} />
    }
  }
}

async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (!root) throw new Error('There is no #root in the page.')
  if (import.meta.env.DEV && params.get('window') === 'gallery') {
    const { openGallery } = await import('./gallery/gallery.tsx')
    return openGallery(createRoot(root), await layoutReady, params)
  }
  const [content, layout] = await Promise.all([openWindow(), layoutReady])
  keepAppearance(layout)
  createRoot(root).render(<App connection={connection}>{content}</App>)
  if (!params.has('window')) keepMirror(connection.engine)
}

void start()
