import { optionsText as text } from '../../text/options.ts'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { NumberOption, OptionBox } from './OptionBox.tsx'
import type { OptionsPage } from './options-page.ts'

export function GeneralOptions(page: OptionsPage) {
  return (
    <FormGroup title={text.sendReceive}>
      <OptionBox {...page} option="checkAtStartup" label={text.atStartup} />
      <NumberOption
        {...page}
        option="checkEveryMinutes"
        label={text.every}
        field={text.everyField}
        unit={text.everyUnit}
        min={1}
        max={480}
        first={30}
        hint={text.everyHint}
      />
    </FormGroup>
  )
}
