/** What XOAUTH2 (Google's and Microsoft's) sends for an access token. */
export const xoauth2 = (user: string, token: string): Buffer => Buffer.from(`user=${user}\x01auth=Bearer ${token}\x01\x01`)

/** The same by the standard, RFC 7628. */
export const oauthBearer = (user: string, token: string): Buffer =>
  Buffer.from(`n,a=${user.replaceAll('=', '=3D').replaceAll(',', '=2C')},\x01auth=Bearer ${token}\x01\x01`)

/** Forms in which a token crosses the wire: a server that repeats one must not bring it into a log. */
export const bearerForms = (user: string, token: string): readonly string[] =>
  [xoauth2(user, token), oauthBearer(user, token)].map((form) => form.toString('base64'))
