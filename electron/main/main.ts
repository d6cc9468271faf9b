import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, dialog, session } from 'electron'
import { errorText } from '../../shared/errors/error-text.ts'
import { toErrorInfo } from '../../shared/errors/mail-error.ts'
import { createLogger } from '../engine/log.ts'
import type { SecretPort } from '../engine/ports.ts'
import { dataFolder } from '../hosts/data-folder.ts'
import { electronNetwork } from './system-network.ts'
import { loadPage } from '../hosts/page-files.ts'
import { PresetFiles } from '../hosts/preset-files.ts'
import { readPolicyFile } from '../hosts/read-policy.ts'
import { startPractice } from '../hosts/start-practice.ts'
import { startEngine, type EngineThread } from '../hosts/worker/start-engine.ts'
import { declareScheme, serveApp } from './app-protocol.ts'
import { readArguments } from './arguments.ts'
import { MailtoLinks, mailtoIn } from './mailto.ts'
import { installNativeMenu, showMenuState } from './menu/native-menu.ts'
import { electronSecrets } from './secrets.ts'
import { Connections } from './windows/connections.ts'
import { openMainWindow } from './windows/main-window.ts'
import { refusePermissions } from './windows/window-rules.ts'

const choice = readArguments(process.argv.slice(1))
const folder = dataFolder(choice)
// Before the lock, which is one for each profile: another data folder is another program.
const profile = join(folder, 'shell')
mkdirSync(profile, { recursive: true })
app.setPath('userData', profile)

const log = createLogger((line) => process.stderr.write(`${line}\n`), 'warn')
const mailto = new MailtoLinks(app, process.argv)
const presets = new PresetFiles()
presets.take(choice.preset, process.cwd())
let running: EngineThread | undefined
let mainWindow: BrowserWindow | undefined

// The arguments of a second start come in another order, but this comes as it is.
if (!app.requestSingleInstanceLock({ preset: choice.preset === undefined ? '' : resolve(choice.preset) })) app.quit()
else {
  declareScheme()
  app.on('second-instance', (_event, argv, from, given) => {
    showWindow()
    presets.take(presetOf(given), from)
    mailto.take(mailtoIn(argv))
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('before-quit', (event) => {
    const engine = running
    running = undefined
    if (!engine) return
    event.preventDefault()
    void engine.shutdown().finally(() => app.quit())
  })
  // Never awaited at top level: Electron waits for this module to finish loading before it emits 'ready'.
  void app.whenReady().then(start)
}

/** The page loads while the engine opens the store; a window that connects early waits for it. */
function start(): void {
  refusePermissions(session.defaultSession)
  const secrets = electronSecrets(join(folder, 'secrets.json'))
  const engine = secrets.then(({ port }) => startWith(port))
  const page = loadPage(fileURLToPath(new URL('../renderer', import.meta.url)))
  const connections = new Connections({
    engine,
    secrets: secrets.then(({ kind }) => kind),
    practice: choice.practice,
    presets,
    dataFolder: folder,
    onMenuState: (window, enabled, checked) => {
      if (window.isFocused()) showMenuState(enabled, checked)
    },
    onConnected: (window) => {
      if (window !== mainWindow) return
      mailto.showWith((url) => connections.tell(window, 'mailto', { url }))
      presets.tellWith(() => connections.tell(window, 'presetGiven', {}))
      window.once('closed', () => {
        mailto.showWith(undefined)
        presets.tellWith(undefined)
      })
    },
  })
  serveApp({ page, engine, log })
  installNativeMenu(process.platform, (id) => {
    const window = BrowserWindow.getFocusedWindow()
    if (window) connections.tell(window, 'command', { id })
  })
  app.on('activate', showWindow)
  showWindow()
  engine.then(watch).catch((error: unknown) => giveUp('Postrider could not start.', error))
}

async function startWith(secrets: SecretPort): Promise<EngineThread> {
  const policy = await readPolicyFile(choice.policy)
  const network = electronNetwork(session.defaultSession)
  return startEngine({ dataFolder: folder, secrets, network, policy, log, version: app.getVersion() })
}

/** What a second start of ours sent along. */
function presetOf(given: unknown): string | undefined {
  return typeof given === 'object' && given !== null && 'preset' in given && typeof given.preset === 'string' ? given.preset : undefined
}

async function watch(engine: EngineThread): Promise<void> {
  running = engine
  engine.onCrash(({ error, willRestart }) => {
    if (!willRestart) giveUp('Postrider has to close.', error)
  })
  if (choice.practice) await startPractice(engine)
}

function showWindow(): void {
  if (!app.isReady()) return
  if (mainWindow && !mainWindow.isDestroyed()) {
    if (mainWindow.isMinimized()) mainWindow.restore()
    mainWindow.focus()
  } else mainWindow = openMainWindow(join(profile, 'window-state.json'))
}

function giveUp(what: string, error: unknown): void {
  const { why, what: remedy, details } = errorText(toErrorInfo(error))
  dialog.showErrorBox(what, [why, remedy, '', ...details.map(([label, value]) => `${label}: ${value}`)].join('\n'))
  app.exit(1)
}
