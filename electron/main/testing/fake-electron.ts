// A stand-in for the electron module: it remembers what main asked for, and lets a test play the window's part.
import { EventEmitter } from 'node:events'

interface OpenAnswer {
  readonly action: 'allow' | 'deny'
  readonly overrideBrowserWindowOptions?: { readonly webPreferences?: Readonly<Record<string, unknown>> }
}

class FakeContents extends EventEmitter {
  openHandler: (details: { url: string }) => OpenAnswer = () => ({ action: 'allow' })
  setWindowOpenHandler(handler: FakeContents['openHandler']): void {
    this.openHandler = handler
  }
}

export class FakeWindow extends EventEmitter {
  static all: FakeWindow[] = []
  readonly urls: string[] = []
  readonly webContents = new FakeContents()
  readonly options: { readonly webPreferences: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>
  isShown = false
  constructor(options: FakeWindow['options']) {
    super()
    this.options = options
    FakeWindow.all.push(this)
  }
  static getFocusedWindow = (): FakeWindow | undefined => FakeWindow.all[0]
  static fromWebContents = (contents: unknown): FakeWindow | undefined => FakeWindow.all.find((each) => each.webContents === contents)
  loadURL(url: string): Promise<void> {
    this.urls.push(url)
    return Promise.resolve()
  }
  show(): void {
    this.isShown = true
  }
  focus(): void {}
  maximize(): void {}
  isFocused = (): boolean => true
  isDestroyed = (): boolean => false
  isMinimized = (): boolean => false
  isMaximized = (): boolean => false
  getNormalBounds = () => ({ x: 1, y: 2, width: 800, height: 600 })
}

/** A pair as MessageChannelMain makes it: what is posted on one side comes out of the other. */
class FakePort extends EventEmitter {
  other: FakePort | undefined
  #waiting: unknown[] | undefined = []
  start(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    for (const data of waiting) this.emit('message', { data })
  }
  postMessage(data: unknown): void {
    this.other?.receive(data)
  }
  receive(data: unknown): void {
    if (this.#waiting) this.#waiting.push(data)
    else this.emit('message', { data })
  }
  close(): void {
    this.emit('close')
    this.other?.emit('close')
  }
}

class FakeChannel {
  readonly port1 = new FakePort()
  readonly port2 = new FakePort()
  constructor() {
    this.port1.other = this.port2
    this.port2.other = this.port1
  }
}

type Permission = (contents: unknown, permission: string, answer: (granted: boolean) => void) => void

export const seen = {
  schemes: [] as unknown[],
  handlers: new Map<string, (request: Request) => Promise<Response>>(),
  paths: new Map<string, string>(),
  permission: undefined as Permission | undefined,
  permissionCheck: undefined as ((contents: unknown, permission: string) => boolean) | undefined,
  questions: [] as { readonly detail: string }[],
  /** Which button the user presses. */
  answer: 1,
  opened: [] as string[],
  errors: [] as (readonly [string, string])[],
  exits: [] as number[],
  badge: 0,
  menu: undefined as unknown,
}

const app = Object.assign(new EventEmitter(), {
  isReadyNow: false,
  isReady: () => app.isReadyNow,
  whenReady: () =>
    Promise.resolve().then(() => {
      app.isReadyNow = true
    }),
  requestSingleInstanceLock: () => true,
  setPath: (name: string, path: string) => seen.paths.set(name, path),
  getVersion: () => '1.2.3',
  getLocale: () => 'de',
  setBadgeCount: (count: number) => {
    seen.badge = count
  },
  quit: () => {},
  exit: (code: number) => seen.exits.push(code),
})

export const fakeElectron = {
  app,
  BrowserWindow: FakeWindow,
  MessageChannelMain: FakeChannel,
  ipcMain: new EventEmitter(),
  protocol: {
    registerSchemesAsPrivileged: (schemes: readonly unknown[]) => seen.schemes.push(...schemes),
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => seen.handlers.set(scheme, handler),
  },
  session: {
    defaultSession: {
      setPermissionRequestHandler: (handler: Permission) => {
        seen.permission = handler
      },
      setPermissionCheckHandler: (handler: typeof seen.permissionCheck) => {
        seen.permissionCheck = handler
      },
      setDevicePermissionHandler: () => {},
    },
  },
  screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
  dialog: {
    showMessageBox: (_window: unknown, question: { detail: string }) => {
      seen.questions.push(question)
      return Promise.resolve({ response: seen.answer })
    },
    showErrorBox: (title: string, text: string) => seen.errors.push([title, text]),
  },
  shell: {
    openExternal: (url: string) => {
      seen.opened.push(url)
      return Promise.resolve()
    },
    openPath: (path: string) => {
      seen.opened.push(path)
      return Promise.resolve('')
    },
  },
  Menu: {
    setApplicationMenu: (menu: unknown) => {
      seen.menu = menu
    },
    getApplicationMenu: () => seen.menu,
    buildFromTemplate: (template: unknown) => template,
  },
  safeStorage: {
    isAvailable: true,
    backend: 'gnome_libsecret',
    key: 'A',
    isAsyncEncryptionAvailable: () => Promise.resolve(fakeElectron.safeStorage.isAvailable),
    getSelectedStorageBackend: () => fakeElectron.safeStorage.backend,
    encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(fakeElectron.safeStorage.key + text.split('').toReversed().join(''))),
    decryptStringAsync: (bytes: Buffer) => {
      const text = bytes.toString()
      const result = text.slice(1).split('').toReversed().join('')
      return Promise.resolve({ result, shouldReEncrypt: text[0] !== fakeElectron.safeStorage.key })
    },
  },
}
