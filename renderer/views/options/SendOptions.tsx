import { optionsText as text } from '../../text/options.ts'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { OptionBox } from './OptionBox.tsx'
import type { OptionsPage } from './options-page.ts'

export function SendOptions(page: OptionsPage) {
  return (
    <FormGroup title={text.sending}>
      <OptionBox {...page} option="sendImmediately" label={text.immediately} hint={text.immediatelyHint} />
      <OptionBox {...page} option="quoteInReply" label={text.quote} />
    </FormGroup>
  )
}
