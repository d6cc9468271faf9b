import type { App } from 'electron'

/** The mailto: link among the arguments of a start, if it was one. */
export const mailtoIn = (argv: readonly string[]): string | undefined => argv.find((arg) => /^mailto:/i.test(arg))

/**
 * Collects the links that the system hands to us: on a Mac as events, elsewhere as an argument of a second start. Links
 * that come before a window listens wait for it.
 */
export class MailtoLinks {
  #waiting: string[] = []
  #open: ((url: string) => void) | undefined

  constructor(app: Pick<App, 'on'>, argv: readonly string[]) {
    this.take(mailtoIn(argv))
    app.on('open-url', (event, url) => {
      event.preventDefault()
      this.take(mailtoIn([url]))
    })
  }

  take(url: string | undefined): void {
    if (url === undefined) return
    if (this.#open) this.#open(url)
    else this.#waiting.push(url)
  }

  /** Called when a window can show them; undefined when it has gone. */
  showWith(open: ((url: string) => void) | undefined): void {
    this.#open = open
    if (open) for (const url of this.#waiting.splice(0)) open(url)
  }
}
