import { parseArgs } from 'node:util'

export interface Arguments {
  readonly words: readonly string[]
  readonly data: string | undefined
  readonly json: boolean
  readonly preset: string | undefined
  readonly account: string | undefined
  readonly folder: string | undefined
  readonly bodies: 'on-demand' | 'all'
  readonly headersOnly: boolean
  /** Says yes to what the program wants to delete on POP3 servers. */
  readonly agree: boolean
  readonly limit: number
  readonly offset: number
  readonly raw: boolean
  readonly remember: boolean
  /** Sign in by a code instead of the browser of this computer. */
  readonly code: boolean
  readonly email: string | undefined
  readonly displayName: string | undefined
}

/** Wrong words on the command line: exit code 2. */
export class UsageError extends Error {}

export const usage = `Usage: engine <command> [--data <folder>] [--json]

  account add --preset <file> [--email <address>] [--display-name <name>] [--remember]
  account list
  account sign-in <name> --remember [--code]
  account remove <name>
  sync [--account <name>] [--bodies all] [--headers-only] [--agree]
  doctor [--account <name>]
  pop3 marks [--account <name>]
  pop3 mark <id> retrieve|retrieve-copy|delete|none
  folders
  list --folder <account/path> [--limit n] [--offset n]
  show <id> [--raw]
  search <query> [--limit n]
  send <file.eml> --account <name>

Passwords come from POSTRIDER_PASSWORD and POSTRIDER_SMTP_PASSWORD, or from standard input where one is asked for.
sync --agree says yes to deletions on POP3 servers; without it nothing is deleted there that was not agreed to before.
A preset is a file of Postrider (JSON), autoconfig XML, .mobileconfig or .iaf.
"Local Folders" is the account of local folders: --folder "Local Folders/Inbox".
`

export function readArguments(argv: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        json: { type: 'boolean', default: false },
        preset: { type: 'string' },
        account: { type: 'string' },
        folder: { type: 'string' },
        bodies: { type: 'string' },
        'headers-only': { type: 'boolean', default: false },
        agree: { type: 'boolean', default: false },
        limit: { type: 'string', default: '100' },
        offset: { type: 'string', default: '0' },
        raw: { type: 'boolean', default: false },
        remember: { type: 'boolean', default: false },
        code: { type: 'boolean', default: false },
        email: { type: 'string' },
        'display-name': { type: 'string' },
      },
    })
    if (values.bodies !== undefined && values.bodies !== 'all') throw new UsageError('--bodies takes "all".')
    return {
      words: positionals,
      data: values.data,
      json: values.json,
      preset: values.preset,
      account: values.account,
      folder: values.folder,
      bodies: values.bodies === 'all' ? 'all' : 'on-demand',
      headersOnly: values['headers-only'],
      agree: values.agree,
      limit: whole(values.limit, '--limit'),
      offset: whole(values.offset, '--offset'),
      raw: values.raw,
      remember: values.remember,
      code: values.code,
      email: values.email,
      displayName: values['display-name'],
    }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function whole(value: string, name: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`${name} takes a whole number.`)
  return Number(value)
}
