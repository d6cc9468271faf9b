import { errorText } from '../../shared/errors/error-text.ts'
import { toErrorInfo } from '../../shared/errors/mail-error.ts'

/** Why the program could not start, as the command line promises it: one line of JSON with the spoken code. */
export function failureLine(error: unknown): string {
  const info = toErrorInfo(error)
  const text = errorText(info)
  return JSON.stringify({ code: text.spoken, text: `${text.why} ${text.what}`, detail: info.detail, message: info.message })
}
