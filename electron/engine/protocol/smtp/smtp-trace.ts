import { bearerForms } from '../sasl/bearer.ts'

/** Keeps what was said while logging on out of the protocol trace, by the grammar of AUTH (RFC 4954). */
export interface SmtpTrace {
  sent(line: string): void
  received(line: string): void
}

export function createSmtpTrace(write: (line: string) => void, hidden: (text: string) => string): SmtpTrace {
  let signingIn = false
  return {
    sent(line) {
      const [verb = '', mechanism = ''] = line.split(' ')
      if (verb.toUpperCase() === 'AUTH') {
        signingIn = true
        write(`C: AUTH ${mechanism} ***`)
      } else {
        write(signingIn ? 'C: ***' : `C: ${hidden(line)}`)
      }
    },
    received(line) {
      const isChallenge = line.startsWith('334')
      if (!isChallenge) signingIn = false
      write(isChallenge ? 'S: 334 ***' : `S: ${hidden(line)}`)
    },
  }
}

/** Some servers repeat what they were given; no form of a password may reach a log or a dialog. */
export function hider(auth: { readonly user: string; readonly password: string } | null): (text: string) => string {
  if (auth === null || auth.password === '') return (text) => text
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const forms = [base64(`\0${auth.user}\0${auth.password}`), base64(auth.password), auth.password, ...bearerForms(auth.user, auth.password)]
  return (text) => forms.reduce((rest, form) => rest.replaceAll(form, '***'), text)
}
