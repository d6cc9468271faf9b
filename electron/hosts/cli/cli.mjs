// The fast way into the command line: all that it loads is kept compiled for the next time. Not TypeScript, since Node needs 60 ms to
// get ready for the first file of that, and keeps what it has made of the others. Works in the folder for the user's caches: code must lie
// where nobody else can write, which is not so in Node's own choice, the folder for temporary files. If it can't be written, so be it.
import { enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'

function cacheFolder() {
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Postrider', 'Cache')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Postrider')
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'Postrider')
}

// For this thread, and for those that it starts.
process.env.NODE_COMPILE_CACHE ??= join(cacheFolder(), 'code')
enableCompileCache(process.env.NODE_COMPILE_CACHE)
await import('./cli.ts')
