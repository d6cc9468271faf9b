import { dialog, shell, type BrowserWindow } from 'electron'

const isOpenable = (url: string) => /^(?:https?|mailto):/i.test(url)

/** Opens a link outside, once the user has seen where it leads: the text of a link in a mail may say anything. */
export async function openLink(window: BrowserWindow, url: string): Promise<void> {
  const parsed = URL.parse(url)
  if (!parsed || !isOpenable(parsed.href)) return
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'Postrider',
    message: 'Open this address in another program?',
    // As parsed: without odd spaces, and with a name in foreign letters spelled as xn--.
    detail: parsed.href,
    buttons: ['&Open', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    normalizeAccessKeys: true,
    noLink: true,
  })
  if (response === 0) await shell.openExternal(parsed.href)
}
