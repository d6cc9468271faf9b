import type { Services } from '../live/services.tsx'

/** Opens a sign-in page in the system's browser; where a browser is the desktop, in a tab of its own. */
export function openSignInPage({ host, hostInfo }: Pick<Services, 'host' | 'hostInfo'>, url: string): void {
  if (hostInfo.kind === 'electron') void host.call('host.openSignInPage', { url }).catch(() => undefined)
  else window.open(url, '_blank', 'noopener,noreferrer')
}
