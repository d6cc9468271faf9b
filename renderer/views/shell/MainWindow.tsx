import { useEffect, useMemo, useRef } from 'react'
import { type CommandId, commandIds } from '../../../shared/commands/catalog.ts'
import { accountToolbar, mainMenuBar, mainToolbar, remoteToolbar } from '../../../shared/commands/menus.ts'
import type { FirstRows } from '../../cache/database.ts'
import { defaultLayout, type LayoutStore, showsRemoteToolbar } from '../../cache/layout.ts'
import { holdsMail } from '../../commands/folder-facts.ts'
import { menuOf, toolData } from '../../commands/menu-data.ts'
import { useCommandKeys } from '../../commands/use-command-keys.ts'
import { useObservable } from '../../live/observable.ts'
import { useServices } from '../../live/services.tsx'
import { useAccounts, useFolderMap } from '../../live/use-live.ts'
import { mainWords } from '../../text/main.ts'
import { remoteText } from '../../text/remote.ts'
import { MenuBar } from '../../widgets/MenuBar.tsx'
import { Splitter } from '../../widgets/Splitter.tsx'
import { Toolbar } from '../../widgets/Toolbar.tsx'
import { FolderBar } from '../folders/FolderBar.tsx'
import { FolderPage } from '../folders/FolderPage.tsx'
import { FolderPane } from '../folders/FolderPane.tsx'
import { defaultPlace, type Place, placeOfKey } from '../folders/folder-tree.ts'
import { MessageList } from '../message-list/MessageList.tsx'
import { ReadingPane } from '../reading-pane/ReadingPane.tsx'
import { DialogHost, StandingDialogs } from './DialogHost.tsx'
import { MainContext, useCommandContext, useMain, useOpenFolder } from './main-context.tsx'
import { createMainState } from './main-state.ts'
import { createMainTarget } from './main-target.ts'
import { PlacePage } from './PlacePage.tsx'
import { StatusBar } from './StatusBar.tsx'
import { useHostDuties } from './use-host-duties.ts'
import { Welcome } from './Welcome.tsx'
import './main-window.css'

interface MainWindowProps {
  readonly layout: LayoutStore
  /** The rows that were last seen in the folder that opens first. */
  readonly seed: FirstRows | undefined
}

export function MainWindow({ layout, seed }: MainWindowProps) {
  const services = useServices()
  const latest = useRef(services)
  latest.current = services
  const main = useMemo(() => {
    const state = createMainState(services.engine, layout)
    return { state, target: createMainTarget(() => latest.current, layout, state) }
  }, [services.engine, layout])
  return (
    <MainContext value={main}>
      <Frame seed={seed} />
    </MainContext>
  )
}

// Escape belongs to the search box and to menus here; only the read window closes with it.
const commands: ReadonlySet<CommandId> = new Set(commandIds.filter((id) => id !== 'window.close'))

function Frame({ seed }: { readonly seed: FirstRows | undefined }) {
  const { target } = useMain()
  const layout = useObservable(target.layout)
  const { hostInfo } = useServices()
  const accounts = useAccounts()
  useCommandKeys(target, commands)
  useFirstPlace(seed)
  useTitle()
  const hasNoAccount = accounts?.length === 0
  return (
    <div className="main-window">
      <div className="chrome">
        {!hostInfo.hasNativeMenu && <MainMenu />}
        {layout.toolbar && <MainToolbar />}
        {showsRemoteToolbar(layout, accounts) && <RemoteToolbar />}
        {layout.folderBar && <FolderBar />}
      </div>
      <main className="main-panes">
        {layout.folderList && (
          <>
            <FolderPane />
            <Splitter
              label={mainWords.resizeFolders}
              between="columns"
              value={layout.folderListWidth}
              min={8}
              max={30}
              onChange={(folderListWidth) => target.layout.change({ folderListWidth })}
              onReset={() => target.layout.change({ folderListWidth: defaultLayout.folderListWidth })}
            />
          </>
        )}
        {hasNoAccount ? <Welcome /> : <Content />}
      </main>
      {layout.statusBar && <StatusBar />}
      <HostDuties />
      <StandingDialogs target={target} />
      <DialogHost target={target} />
    </div>
  )
}

function MainMenu() {
  const { target } = useMain()
  const menus = useMemo(() => mainMenuBar.map((menu) => ({ ...menu, items: menuOf(menu.items, target) })), [target])
  return <MenuBar label={mainWords.menuBar} menus={menus} />
}

function MainToolbar() {
  const { state, target } = useMain()
  const context = useCommandContext()
  const isAccount = useObservable(state.place)?.kind === 'account'
  return <Toolbar label={mainWords.toolbar} tools={toolData(isAccount ? accountToolbar : mainToolbar, target, context)} />
}

function RemoteToolbar() {
  const { target } = useMain()
  const context = useCommandContext()
  return <Toolbar label={remoteText.toolbar} tools={toolData(remoteToolbar, target, context)} isFlat />
}

/** A component of its own, because it follows every change of the selection and the frame need not. */
function HostDuties() {
  useHostDuties(useCommandContext())
  return null
}

/** List and preview, or a page about a place that holds no messages itself. */
function Content() {
  const { state, target } = useMain()
  const place = useObservable(state.place)
  const layout = useObservable(target.layout)
  const folder = useOpenFolder()
  if (place && place.kind !== 'folder') return <PlacePage place={place} />
  if (folder && !holdsMail(folder)) return <FolderPage folder={folder} />
  const { preview } = layout
  if (preview === 'off') return <MessageList />
  const isBeside = preview === 'beside'
  const [key, value] = isBeside ? (['listWidth', layout.listWidth] as const) : (['listHeight', layout.listHeight] as const)
  return (
    <div className={isBeside ? 'split split-columns' : 'split split-rows'} style={{ ['--list-size' as string]: `${value}rem` }}>
      <MessageList />
      <Splitter
        label={mainWords.resizeList}
        between={isBeside ? 'columns' : 'rows'}
        value={value}
        min={isBeside ? 16 : 5}
        max={isBeside ? 80 : 60}
        onChange={(next) => target.layout.change({ [key]: next })}
        onReset={() => target.layout.change({ [key]: defaultLayout[key] })}
      />
      <ReadingPane />
    </div>
  )
}

/** Opens what was open the last time, at once if the mirror knows it; else the Inbox, once the folders are here. */
function useFirstPlace(seed: FirstRows | undefined): void {
  const { state, target } = useMain()
  const folders = useFolderMap()
  const accounts = useAccounts()
  useEffect(() => {
    if (!folders) return
    const now = state.place.get()
    const isThere = (place: Place | undefined | null) => place && (place.kind !== 'folder' || folders.has(place.folder))
    if (isThere(now)) return
    const kept = placeOfKey(target.layout.get().place)
    if (kept && isThere(kept)) state.open(kept, kept.kind === 'folder' && seed?.folder === kept.folder ? seed : undefined)
    else if (accounts) state.open(defaultPlace(folders.values(), accounts))
  }, [folders, accounts, state, target, seed])
}

function useTitle(): void {
  const folder = useOpenFolder()
  useEffect(() => {
    document.title = folder ? mainWords.title(folder.name) : mainWords.product
  }, [folder])
}
