/** `&Open` with its access key underlined; `accessKeyOf` gives the key itself. An & before a space is only an &. */
export function Mnemonic({ text }: { readonly text: string }) {
  const at = mnemonicAt(text)
  if (at < 0) return <>{text}</>
  return (
    <>
      {text.slice(0, at)}
      <u>{text[at + 1]}</u>
      {text.slice(at + 2)}
    </>
  )
}

export function accessKeyOf(text: string): string | undefined {
  const at = mnemonicAt(text)
  return at < 0 ? undefined : text[at + 1]?.toLowerCase()
}

const mnemonicAt = (text: string) => text.search(/&[\p{L}\p{N}]/u)
