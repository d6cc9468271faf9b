// Configuration profiles of Apple: property lists, signed or not. Only the first mail account in them is read.
import { type AccountSettings, defaultPorts, type IncomingProtocol, type Security, type SignIn } from '../../../shared/domain/account.ts'
import { newAccountSettings } from '../../../shared/domain/new-account.ts'
import { readBer } from './small-ber.ts'
import type { XmlElement } from './small-xml.ts'

type Plist = string | number | boolean | readonly Plist[] | { readonly [key: string]: Plist } | undefined
type Dictionary = { readonly [key: string]: Plist }

/** Throws an Error when there is no mail account in it. A password in it is not read. */
export function draftOfProfile(root: XmlElement): AccountSettings {
  const [top] = root.children
  const profile = top && valueOf(top)
  const content = isDictionary(profile) && Array.isArray(profile.PayloadContent) ? (profile.PayloadContent as readonly Plist[]) : []
  const mail = content.filter(isDictionary).find(({ PayloadType }) => PayloadType === 'com.apple.mail.managed')
  if (!mail) throw new Error('The profile has no mail account in it.')
  return draftOf(mail, isDictionary(profile) ? wordsIn(profile, 'PayloadDisplayName') : '')
}

function draftOf(mail: Dictionary, profileName: string): AccountSettings {
  const protocol: IncomingProtocol = mail.EmailAccountType === 'EmailTypePOP' ? 'pop3' : 'imap'
  const incoming = serverOf(mail, 'IncomingMailServer', protocol)
  const outgoing = serverOf(mail, 'OutgoingMailServer', 'smtp')
  const plain = newAccountSettings({
    name: wordsIn(mail, 'EmailAccountName'),
    address: wordsIn(mail, 'EmailAddress') || '%EMAILADDRESS%',
    protocol,
    incoming,
    outgoing,
    user: wordsIn(mail, 'IncomingMailServerUsername') || '%EMAILADDRESS%',
    rememberPassword: true,
  })
  return {
    ...plain,
    name: wordsIn(mail, 'EmailAccountDescription') || profileName || plain.name,
    incoming: { ...plain.incoming, signIn: signInOf(mail.IncomingMailServerAuthentication) },
    outgoing: { ...plain.outgoing, ...outgoingSignIn(mail, plain.incoming.user) },
    imap: { ...plain.imap, rootFolder: wordsIn(mail, 'IncomingMailServerIMAPPathPrefix').replace(/[/.]$/, '') },
  }
}

function serverOf(mail: Dictionary, side: string, service: keyof typeof defaultPorts) {
  const host = wordsIn(mail, `${side}HostName`)
  if (host === '') throw new Error(`The profile names no ${side === 'IncomingMailServer' ? 'incoming' : 'outgoing'} server.`)
  const isSecure = mail[`${side}UseSSL`] === true
  const written = mail[`${side}PortNumber`]
  const port = typeof written === 'number' && written >= 1 && written <= 65535 ? written : undefined
  const usual = defaultPorts[service]
  // The profile says only "SSL"; on the plain port that can only begin with STARTTLS.
  const upgrades = port === usual.starttls || port === usual.none
  const security: Security = !isSecure ? 'none' : upgrades ? 'starttls' : 'tls'
  return { host, security, port: port ?? usual[security] }
}

function signInOf(kind: Plist): SignIn {
  if (kind === 'EmailAuthNone') return 'none'
  return kind === 'EmailAuthNTLM' ? 'spa' : 'password'
}

function outgoingSignIn(mail: Dictionary, incomingUser: string): Pick<AccountSettings['outgoing'], 'signIn' | 'user'> {
  const signIn = signInOf(mail.OutgoingMailServerAuthentication ?? 'EmailAuthNone')
  const user = wordsIn(mail, 'OutgoingMailServerUsername') || incomingUser
  if (signIn === 'none' || signIn === 'oauth2') return { signIn: 'none', user: '' }
  if (mail.OutgoingPasswordSameAsIncomingPassword === true && user === incomingUser) return { signIn: 'same', user: '' }
  return { signIn, user }
}

const wordsIn = (dictionary: Dictionary, key: string): string => {
  const value = dictionary[key]
  return typeof value === 'string' ? value.trim() : ''
}

const isDictionary = (value: Plist): value is Dictionary => typeof value === 'object' && !Array.isArray(value)

function valueOf({ name, text, children }: XmlElement): Plist {
  switch (name) {
    case 'dict':
      return Object.fromEntries(
        children.flatMap((key, index) => {
          const value = children[index + 1]
          return key.name === 'key' && value ? [[key.text.trim(), valueOf(value)] as const] : []
        }),
      )
    case 'array':
      return children.map(valueOf)
    case 'string':
      return text
    case 'integer':
    case 'real':
      return Number(text)
    case 'true':
      return true
    case 'false':
      return false
    default:
      return undefined // <data> and <date> are of no use here
  }
}

const signedData = '2a864886f70d010702'

/**
 * What a signed profile says (CMS, RFC 5652); undefined when the file is not signed. Who signed it is not checked: the wizard
 * shows all that it says before anything is done with it.
 */
export function unsigned(content: Uint8Array): Uint8Array | undefined {
  if (content[0] !== 0x30) return undefined
  try {
    const [oid, wrapper] = readBer(content).children
    if (!oid || Buffer.from(oid.content).toString('hex') !== signedData) return undefined
    // SignedData: version, digestAlgorithms, encapContentInfo (type, content), ...
    const [type, inner] = wrapper?.children[0]?.children[2]?.children ?? []
    return type && inner ? Buffer.concat(inner.children.map(({ octets }) => octets())) : undefined
  } catch {
    return undefined // nothing that we know: the caller says so
  }
}
