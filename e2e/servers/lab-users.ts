export interface LabUser {
  readonly user: string
  readonly password: string
  readonly address: string
}

const people = { alice: 'alicepw', bob: 'bobpw', carol: 'carolpw' } as const
const names = Object.keys(people) as (keyof typeof people)[]
const benchmarkUsers = ['pop2k', 'pop20k', 'imap2k', 'imap20k', 'real20k', 'big100k'] as const

/** People, and users with the password "bench" whose maildirs benchmarks fill. */
export type LabUserName = keyof typeof people | (typeof benchmarkUsers)[number]

const passwords = new Map<string, string>([...Object.entries(people), ...benchmarkUsers.map((user) => [user, 'bench'] as const)])

export function labUser(name: LabUserName): LabUser {
  return { user: name, password: passwords.get(name) ?? '', address: `${name}@example.org` }
}

export function labUsers(): readonly LabUser[] {
  return [...names, ...benchmarkUsers].map(labUser)
}

/** Dovecot's passwd-file. The other ways to write alice's name (A4) lead to the same mail. */
export function passwordFile(): string {
  const lines = [...passwords].flatMap(([user, password]) => [
    `${user}:{PLAIN}${password}::::::`,
    `${user}@example.org:{PLAIN}${password}::::::user=${user}`,
  ])
  const aliases = ['CORP/alice', 'CORP/alice/a.smith', 'CORP\\alice'].map((alias) => `${alias}:{PLAIN}${people.alice}::::::user=alice`)
  return `${[...lines, ...aliases].join('\n')}\n`
}
