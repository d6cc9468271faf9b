// npm run serve: the loopback host from a build that is up to date. The first line on standard output is {"url": ...}.
import { ensureBuilt } from './ensure-built.mjs'

try {
  await ensureBuilt()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
await import('../dist/electron/loopback-main.js')
