import { useState } from 'react'
import { propertiesText as text } from '../../text/accounts.ts'
import { imapTabText } from '../../text/imap-tab.ts'
import { Button } from '../../widgets/Button.tsx'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { TextField } from '../../widgets/TextField.tsx'
import { problemIn } from './FieldProblem.tsx'
import { ImapExtensionsDialog } from './ImapExtensionsDialog.tsx'
import type { TabProps } from './tab-props.ts'

const specialFolders = [
  ['sentFolder', text.sentPath],
  ['draftsFolder', text.draftsPath],
  ['deletedFolder', imapTabText.deletedPath],
  ['junkFolder', imapTabText.junkPath],
  ['archiveFolder', imapTabText.archivePath],
] as const

export function ImapTab({ form, problems, dispatch }: TabProps) {
  const { imap } = form.settings
  const [isAdvanced, setAdvanced] = useState(false)
  const set = (field: 'rootFolder' | (typeof specialFolders)[number][0]) => (value: string) =>
    dispatch({ type: 'imap', change: { [field]: value } })
  return (
    <>
      <FormGroup title={text.folders}>
        <TextField
          label={text.rootFolder}
          hint={text.rootFolderHint}
          value={imap.rootFolder}
          error={problemIn('rootFolder', problems.rootFolder, set('rootFolder'))}
          onChange={set('rootFolder')}
          maxLength={512}
          autoFocus
        />
        <div className="properties-row imap-check">
          <Checkbox
            label={text.checkAll}
            checked={imap.checkAllFolders}
            onChange={(value) => dispatch({ type: 'imap', change: { checkAllFolders: value } })}
          />
          <Button title={imapTabText.advancedHint} onClick={() => setAdvanced(true)}>
            {imapTabText.advanced}
          </Button>
        </div>
      </FormGroup>
      <FormGroup title={text.specialFolders}>
        <Checkbox
          label={text.storeSpecial}
          checked={imap.storeSpecialFolders}
          onChange={(value) => dispatch({ type: 'imap', change: { storeSpecialFolders: value } })}
        />
        {specialFolders.map(([field, label], index) => (
          <TextField
            key={field}
            label={label}
            value={imap[field] ?? ''}
            placeholder={text.asServerSays}
            // The others are used in any case: only what we write has a place of its own on this computer.
            disabled={index < 2 && !imap.storeSpecialFolders}
            error={problemIn(field, problems[field], set(field))}
            onChange={set(field)}
            maxLength={512}
          />
        ))}
        <Checkbox
          label={imapTabText.moveDeleted}
          checked={imap.moveDeleted}
          onChange={(value) => dispatch({ type: 'imap', change: { moveDeleted: value } })}
        />
        <p className="properties-note">{imapTabText.moveDeletedHint}</p>
      </FormGroup>
      {isAdvanced && (
        <ImapExtensionsDialog
          switchedOff={imap.switchedOff}
          onChange={(switchedOff) => dispatch({ type: 'imap', change: { switchedOff } })}
          onClose={() => setAdvanced(false)}
        />
      )}
    </>
  )
}
