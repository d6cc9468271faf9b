// Receives into a prepared store, and prints by how many bytes the process grew meanwhile. Started by pop3-progress.test.ts.
import { createEngine } from '../../../electron/engine/engine.ts'
import { silentLogger } from '../../../electron/engine/log.ts'
import { systemClock } from '../../../electron/engine/ports.ts'
import { memorySecrets } from '../../../electron/hosts/secrets/memory-secrets.ts'

const [dataFolder = '', password = ''] = process.argv.slice(2)
const engine = await createEngine({ dataFolder, clock: systemClock, secrets: memorySecrets(), log: silentLogger, version: 'test' })
const { store, runs, passwords } = engine.parts
const [account] = store.accounts.list()
if (!account) throw new Error('the store was not prepared')
await passwords.set(account.id, 'incoming', password, false)
const before = process.memoryUsage.rss()
let most = before
const watching = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss())
}, 5)
const run = await runs.start({ accounts: null, receive: true, send: false, isForeground: false, bodies: 'on-demand' }).done
clearInterval(watching)
most = Math.max(most, process.memoryUsage.rss())
if (run.tasks.some((task) => task.error)) throw new Error(run.tasks[0]?.error?.message)
process.stdout.write(String(most - before))
await engine.close()
