import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { giveTo, type LabAccount } from './lab-account.ts'

const fixtures = path.join(import.meta.dirname, '../../electron/practice/fixtures')

/** Puts all certificates into `tls/` of the lab's folder, and gives the folder to the account. */
export function copyCertificates(folder: string, account: LabAccount): void {
  mkdirSync(path.join(folder, 'tls'))
  for (const name of ['good', 'expired', 'wrong-name']) {
    for (const ending of ['pem', 'key'])
      copyFileSync(path.join(fixtures, `${name}.${ending}`), path.join(folder, 'tls', `${name}.${ending}`))
  }
  giveTo(account, folder)
}

/** PEM text of the CA that signed all of them. */
export function labCa(): string {
  return readFileSync(path.join(fixtures, 'ca.pem'), 'utf8')
}
