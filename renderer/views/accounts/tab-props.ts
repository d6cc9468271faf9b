import type { AccountForm, FieldProblems, FormEvent } from './account-form.ts'

/** What every page of Properties works on. */
export interface TabProps {
  readonly form: AccountForm
  readonly problems: FieldProblems
  readonly dispatch: (event: FormEvent) => void
}
