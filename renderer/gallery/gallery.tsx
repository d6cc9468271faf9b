import type { Root } from 'react-dom/client'
import type { LayoutStore } from '../cache/layout.ts'
import { observable } from '../live/observable.ts'
import { App } from '../views/shell/App.tsx'
import { keepAppearance } from '../views/shell/appearance.ts'
import { openDialogExhibit } from './dialogs.tsx'
import { fakeServices } from './fake-services.ts'
import { WidgetPages } from './WidgetPages.tsx'

/**
 * For the development build: `/?window=gallery` shows every widget in its states, `&show=main` the main window over made-up mail
 * (`&rows=100000`, `&accounts=none`), `&show=dialogs` every dialog by itself, `&theme=dark` each of them at night.
 */
export async function openGallery(root: Root, layout: LayoutStore, params: URLSearchParams): Promise<void> {
  const theme = params.get('theme')
  if (theme === 'light' || theme === 'dark') layout.change({ theme })
  keepAppearance(layout)
  if (params.get('show') === 'dialogs') {
    const { services: fake, content } = openDialogExhibit(params)
    return root.render(<App connection={{ ...fake, isConnected: observable(true) }}>{content}</App>)
  }
  const services = fakeServices({ rows: Number(params.get('rows') ?? 4218), hasAccounts: params.get('accounts') !== 'none' })
  const connection = { ...services, isConnected: observable(true) }
  if (params.get('show') !== 'main') return root.render(<App connection={connection}>{<WidgetPages />}</App>)
  const { MainWindow } = await import('../views/shell/MainWindow.tsx')
  root.render(
    <App connection={connection}>
      <MainWindow layout={layout} seed={undefined} />
    </App>,
  )
}
