// Receives into a store until it is killed, and says on standard output what is already there. Started by kill.test.ts.
import { writeSync } from 'node:fs'
import { createEngine } from '../../../electron/engine/engine.ts'
import { silentLogger } from '../../../electron/engine/log.ts'
import { systemClock } from '../../../electron/engine/ports.ts'
import { memorySecrets } from '../../../electron/hosts/secrets/memory-secrets.ts'

const [dataFolder = '', password = ''] = process.argv.slice(2)
const engine = await createEngine({ dataFolder, clock: systemClock, secrets: memorySecrets(), log: silentLogger, version: 'test' })
const { store, runs, passwords } = engine.parts
const inbox = store.folders.byRole(null, 'inbox')
const [account] = store.accounts.list()
if (!inbox || !account) throw new Error('the store was not prepared')
await passwords.set(account.id, 'incoming', password, false)
// writeSync, so that what was said is out before the next line runs: the kill may come at any moment.
engine.on('changes', () => writeSync(1, `${store.folders.get(inbox.id).total}\n`))
writeSync(1, 'ready\n')
const run = await runs.start({ accounts: null, receive: true, send: false, isForeground: false, bodies: 'on-demand' }).done
writeSync(1, run.tasks.some((task) => task.error) ? `failed ${JSON.stringify(run.tasks[0]?.error)}\n` : 'finished\n')
await engine.close()
