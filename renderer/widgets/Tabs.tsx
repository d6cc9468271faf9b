import { Tabs as BaseTabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import { Mnemonic } from './Mnemonic.tsx'
import './tabs.css'

interface TabsProps<Id extends string> {
  /** `mark`: what is wrong on the tab, in words; it gets a sign. */
  readonly tabs: readonly { readonly id: Id; readonly label: string; readonly content: ReactNode; readonly mark?: string | undefined }[]
  readonly value: Id
  readonly onChange: (id: Id) => void
}

export function Tabs<Id extends string>({ tabs, value, onChange }: TabsProps<Id>) {
  return (
    <BaseTabs.Root className="tabs" value={value} onValueChange={(id: Id) => onChange(id)}>
      <BaseTabs.List className="tabs-list" activateOnFocus>
        {tabs.map((tab) => (
          <BaseTabs.Tab key={tab.id} value={tab.id} className="tabs-tab">
            <Mnemonic text={tab.label} />
            {tab.mark && <Icon name="error" className="tabs-mark" label={tab.mark} />}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map((tab) => (
        // Not a stop of Tab: its fields are.
        <BaseTabs.Panel key={tab.id} value={tab.id} className="tabs-panel" tabIndex={-1}>
          {tab.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  )
}
