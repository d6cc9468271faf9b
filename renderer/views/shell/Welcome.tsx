import { useEffect, useRef } from 'react'
import { attempt } from '../../commands/dispatch.ts'
import { startPractice } from '../../commands/handlers.ts'
import { failureOf, mainWords } from '../../text/main.ts'
import { Button } from '../../widgets/Button.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { useMain } from './main-context.tsx'

/** Nothing is set up yet: the two ways to begin. */
export function Welcome() {
  const { target } = useMain()
  const first = useRef<HTMLButtonElement>(null)
  // Enter begins, unless somebody is somewhere else already.
  useEffect(() => {
    if (document.activeElement === document.body) first.current?.focus()
  }, [])
  return (
    <section className="empty-page" data-pane aria-labelledby="welcome-title">
      <Icon name="mail-all" className="empty-page-icon" />
      <h1 id="welcome-title">{mainWords.welcome}</h1>
      <p>{mainWords.welcomeText}</p>
      <div className="empty-page-actions">
        <Button ref={first} kind="primary" onClick={() => target.show({ kind: 'wizard' })}>
          {mainWords.setUpAccount}
        </Button>
        <Button onClick={() => attempt(target, failureOf('help.practice'), () => startPractice(target))}>{mainWords.tryPractice}</Button>
      </div>
    </section>
  )
}
