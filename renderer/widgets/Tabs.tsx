import { Tabs as BaseTabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { Mnemonic } from './Mnemonic.tsx'
import './tabs.css'

interface TabsProps<Id extends string> {
  readonly tabs: readonly { readonly id: Id; readonly label: string; readonly content: ReactNode }[]
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
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.id} value={tab.id} className="tabs-panel">
          {tab.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  )
}
