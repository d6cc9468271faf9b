/** undefined: there is no such user. */
export type FindPassword = (user: string) => string | undefined

/** Yields challenges, takes the client's answers, and returns who it is; undefined: refused. */
export type SignInExchange = Generator<Buffer, string | undefined, Buffer>
