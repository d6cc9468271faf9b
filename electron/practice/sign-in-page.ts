/** The page on which people decide. All that was asked for goes along in hidden fields. */
export function signInPage(user: string, asked: URLSearchParams): string {
  const hidden = [...asked].map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
  const style = 'body{font:16px/24px system-ui;margin:15vh auto;max-width:28rem}button{font:inherit;padding:.25rem 1rem;margin-right:.5rem}'
  return `<!doctype html><html lang="en"><head><title>Practice sign-in</title><link rel="icon" href="data:,"><style>${style}</style></head><body>
<h1>Practice provider</h1><p>Postrider wants to read and send the mail of ${escaped(user)}.</p>
<form action="/decide">${hidden.join('')}
<button name="decision" value="allow">Allow</button><button name="decision" value="refuse">Refuse</button></form></body></html>`
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
