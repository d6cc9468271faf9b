import { propertiesText as text } from '../../text/accounts.ts'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { TextField } from '../../widgets/TextField.tsx'
import { problemIn } from './FieldProblem.tsx'
import type { TabProps } from './tab-props.ts'

export function ImapTab({ form, problems, dispatch }: TabProps) {
  const { rootFolder, checkAllFolders, storeSpecialFolders, sentFolder, draftsFolder } = form.settings.imap
  const set = (field: 'rootFolder' | 'sentFolder' | 'draftsFolder') => (value: string) =>
    dispatch({ type: 'imap', change: { [field]: value } })
  return (
    <>
      <FormGroup title={text.folders}>
        <TextField
          label={text.rootFolder}
          hint={text.rootFolderHint}
          value={rootFolder}
          error={problemIn('rootFolder', problems.rootFolder, set('rootFolder'))}
          onChange={set('rootFolder')}
          maxLength={512}
          autoFocus
        />
        <Checkbox
          label={text.checkAll}
          checked={checkAllFolders}
          onChange={(value) => dispatch({ type: 'imap', change: { checkAllFolders: value } })}
        />
      </FormGroup>
      <FormGroup title={text.specialFolders}>
        <Checkbox
          label={text.storeSpecial}
          checked={storeSpecialFolders}
          onChange={(value) => dispatch({ type: 'imap', change: { storeSpecialFolders: value } })}
        />
        <TextField
          label={text.sentPath}
          value={sentFolder ?? ''}
          placeholder={text.asServerSays}
          disabled={!storeSpecialFolders}
          error={problemIn('sentFolder', problems.sentFolder, set('sentFolder'))}
          onChange={set('sentFolder')}
          maxLength={512}
        />
        <TextField
          label={text.draftsPath}
          hint={text.pathHint}
          value={draftsFolder ?? ''}
          placeholder={text.asServerSays}
          disabled={!storeSpecialFolders}
          error={problemIn('draftsFolder', problems.draftsFolder, set('draftsFolder'))}
          onChange={set('draftsFolder')}
          maxLength={512}
        />
      </FormGroup>
    </>
  )
}
