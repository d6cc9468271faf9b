import type { HostInfo } from '../../shared/contract/host-contract.ts'

/** What can be known before the host answers. */
export function guessHostInfo(): HostInfo {
  const agent = navigator.userAgent
  return {
    kind: window.desktop ? 'electron' : 'loopback',
    platform: agent.includes('Windows') ? 'windows' : agent.includes('Mac') ? 'mac' : 'linux',
    contentBase: window.desktop ? 'app://content' : location.origin,
    userName: '',
    language: navigator.language,
    secrets: 'memory',
    practice: false,
    hasNativeMenu: false,
  }
}
