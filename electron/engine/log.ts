export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Facts with keys, safe to be sent to us: no password, address, subject or body. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface Logger {
  debug(message: string, facts?: LogFacts): void
  info(message: string, facts?: LogFacts): void
  warn(message: string, facts?: LogFacts): void
  error(message: string, facts?: LogFacts): void
}

export function createLogger(write: (line: string) => void, least: LogLevel = 'info'): Logger {
  const order: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']
  const at =
    (level: LogLevel) =>
    (message: string, facts: LogFacts = {}) => {
      if (order.indexOf(level) < order.indexOf(least)) return
      write(JSON.stringify({ time: new Date().toISOString(), level, message, ...facts }))
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

export const silentLogger: Logger = createLogger(() => {})
