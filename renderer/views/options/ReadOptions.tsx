import { optionsText as text } from '../../text/options.ts'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { NumberOption } from './OptionBox.tsx'
import type { OptionsPage } from './options-page.ts'

export function ReadOptions(page: OptionsPage) {
  return (
    <FormGroup title={text.reading}>
      <NumberOption
        {...page}
        option="markReadAfterSeconds"
        label={text.markRead}
        field={text.markReadField}
        unit={text.markReadUnit}
        min={0}
        max={3600}
        first={5}
      />
    </FormGroup>
  )
}
