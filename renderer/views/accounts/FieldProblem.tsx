import type { NameProblem } from '../../../shared/domain/name-checks.ts'
import { acceptSuggestion, type CheckedField, problemText } from '../../text/accounts.ts'
import { Button } from '../../widgets/Button.tsx'

interface FieldProblemProps {
  readonly field: CheckedField
  readonly problem: NameProblem
  readonly onMend: (value: string) => void
}

/** What is wrong in a field, with a button that puts in what was probably meant. */
function FieldProblem({ field, problem, onMend }: FieldProblemProps) {
  const { suggestion } = problem
  return (
    <>
      {problemText(field, problem)}{' '}
      {suggestion !== undefined && (
        <Button kind="link" onClick={() => onMend(suggestion)}>
          {acceptSuggestion(suggestion)}
        </Button>
      )}
    </>
  )
}

/** For the `error` of a field; `undefined` when there is nothing to complain about. */
export function problemIn(field: CheckedField, problem: NameProblem | undefined, onMend: (value: string) => void) {
  return problem && <FieldProblem field={field} problem={problem} onMend={onMend} />
}
