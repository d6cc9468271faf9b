export const logonText = {
  title: (server: string) => `Logon - ${server}`,
  prompt: 'Please enter your user name and password for the following server.',
  purpose: { incoming: 'receiving mail', outgoing: 'sending mail' },
  account: 'Account:',
  missing: 'No password is stored for this account.',
  refused: 'The server did not accept the user name or the password.',
  reply: (reply: string) => `The server says: "${reply}"`,
  server: 'Server:',
  user: '&User Name:',
  password: '&Password:',
  remember: '&Remember password',
  notKept: 'This system has no keychain for passwords: it is remembered only until Postrider is closed.',
  ok: 'OK',
  cancel: 'Cancel',
  more: (count: number) =>
    count === 1 ? 'One more server is waiting for its password.' : `${count} more servers are waiting for their passwords.`,
  failed: 'The password could not be handed over.',
} as const
