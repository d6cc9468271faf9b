import { type ReactNode, useState } from 'react'
import { type IconName, icons } from '../theme/icons.generated.ts'
import { Button } from '../widgets/Button.tsx'
import { Checkbox } from '../widgets/Checkbox.tsx'
import { DataTable } from '../widgets/DataTable.tsx'
import { Dialog } from '../widgets/Dialog.tsx'
import { ErrorReport } from '../widgets/ErrorDialog.tsx'
import { Icon } from '../widgets/Icon.tsx'
import { MenuBar } from '../widgets/MenuBar.tsx'
import type { MenuData } from '../widgets/menu-data.ts'
import { NumberField } from '../widgets/NumberField.tsx'
import { RadioGroup } from '../widgets/RadioGroup.tsx'
import { SelectBox } from '../widgets/SelectBox.tsx'
import { Slider } from '../widgets/Slider.tsx'
import { ProgressBar, Spinner } from '../widgets/Spinner.tsx'
import { Tabs } from '../widgets/Tabs.tsx'
import { TextField } from '../widgets/TextField.tsx'
import { Toolbar } from '../widgets/Toolbar.tsx'
import './gallery.css'

const none = () => undefined
const menu: readonly MenuData[] = [
  { kind: 'item', id: 'open', text: '&Open', icon: 'open', shortcut: 'Ctrl+O', onSelect: none },
  { kind: 'item', id: 'save', text: '&Save As...', disabled: true, onSelect: none },
  { kind: 'separator', id: 's' },
  { kind: 'item', id: 'ticked', text: '&Ticked', checked: true, onSelect: none },
  { kind: 'submenu', id: 'more', text: '&More', items: [{ kind: 'item', id: 'x', text: '&Deeper', onSelect: none }] },
]

/** Every widget in its states, to look at and to try. */
export function WidgetPages() {
  return (
    <main className="gallery">
      <Part title="Buttons">
        <Buttons />
      </Part>
      <Part title="Fields">
        <Fields />
      </Part>
      <Part title="Choices">
        <Choices />
      </Part>
      <Part title="Table and tabs">
        <Lists />
      </Part>
      <Part title="Menu and toolbar">
        <MenuBar label="Sample menu" menus={[{ title: '&Sample', items: menu }]} />
        <Toolbar
          label="Sample tools"
          tools={[
            { kind: 'button', id: 'a', label: 'Reply', icon: 'reply', onClick: none },
            { kind: 'separator', id: 's' },
            { kind: 'button', id: 'b', label: 'Delete', icon: 'delete', isDanger: true, onClick: none },
            { kind: 'button', id: 'c', label: 'Forward', icon: 'forward', disabled: true, onClick: none },
            { kind: 'button', id: 'd', label: 'Send/Recv', icon: 'send-receive', onClick: none, menu },
          ]}
        />
      </Part>
      <Part title="Progress and errors">
        <Spinner label="Working" />
        <ProgressBar label="Known" done={12} total={40} />
        <ProgressBar label="Unknown" done={0} total={0} />
        <ErrorReport
          title="Your mail from “Work” could not be received."
          error={{
            code: 'connection-refused',
            message: '',
            detail: { account: 'Work', server: 'pop.example.org', port: 995, protocol: 'POP3', secure: 'tls' },
          }}
        />
      </Part>
      <Part title="Icons">
        <div className="gallery-icons">
          {(Object.keys(icons) as IconName[]).map((name) => (
            <span key={name} title={name}>
              <Icon name={name} />
            </span>
          ))}
        </div>
      </Part>
    </main>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Buttons() {
  const [open, setOpen] = useState(false)
  return (
    <div className="gallery-row">
      <Button kind="primary" onClick={() => setOpen(true)}>
        Open &dialog
      </Button>
      <Button onClick={none}>&Plain</Button>
      <Button onClick={none} disabled>
        Disabled
      </Button>
      <Button onClick={none} icon="refresh">
        With icon
      </Button>
      <Button kind="link" onClick={none}>
        Like a link
      </Button>
      <Dialog
        title="Sample dialog"
        open={open}
        onClose={() => setOpen(false)}
        footer={
          <>
            <Button kind="primary" onClick={() => setOpen(false)}>
              OK
            </Button>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
          </>
        }
      >
        <Fields />
      </Dialog>
    </div>
  )
}

function Fields() {
  const [text, setText] = useState('pop,example.org')
  const [number, setNumber] = useState(995)
  const [choice, setChoice] = useState<'tls' | 'none'>('tls')
  const [time, setTime] = useState(60)
  return (
    <>
      <TextField label="&Server" value={text} onChange={setText} error={text.includes(',') ? 'A server name has no comma.' : undefined} />
      <TextField label="Password" type="password" value="secret" onChange={none} hint="Kept by the system's key chain." />
      <TextField label="Disabled" value="cannot be changed" onChange={none} disabled />
      <NumberField label="P&ort" value={number} min={1} max={65535} onChange={setNumber} />
      <SelectBox
        label="Se&curity"
        value={choice}
        onChange={setChoice}
        options={[
          { value: 'tls', label: 'SSL/TLS' },
          { value: 'none', label: 'None' },
        ]}
      />
      <Slider
        label="Server timeouts"
        value={time}
        min={30}
        max={300}
        step={30}
        onChange={setTime}
        ends={['Short', 'Long']}
        valueText={`${time} seconds`}
      />
    </>
  )
}

function Choices() {
  const [isOn, setOn] = useState(true)
  const [side, setSide] = useState<'a' | 'b'>('a')
  return (
    <>
      <Checkbox label="&Leave a copy of messages on server" checked={isOn} onChange={setOn} />
      <Checkbox label="Disabled" checked={false} onChange={none} disabled />
      <RadioGroup
        label="Preview"
        value={side}
        onChange={setSide}
        options={[
          { value: 'a', label: '&Below messages' },
          { value: 'b', label: 'B&eside messages' },
        ]}
      />
    </>
  )
}

function Lists() {
  const [selected, setSelected] = useState<string | null>('work')
  const [tab, setTab] = useState<'one' | 'two'>('one')
  const table = (
    <DataTable
      label="Accounts"
      selected={selected}
      onSelect={setSelected}
      rows={[
        { id: 'work', type: 'mail (default)' },
        { id: 'home', type: 'mail' },
      ]}
      columns={[
        { id: 'name', label: 'Account', cell: (row) => row.id },
        { id: 'type', label: 'Type', cell: (row) => row.type, width: '8rem' },
      ]}
    />
  )
  return (
    <Tabs
      value={tab}
      onChange={setTab}
      tabs={[
        { id: 'one', label: '&Mail', content: table },
        {
          id: 'two',
          label: '&News',
          content: <DataTable label="News" columns={[]} rows={[]} selected={null} onSelect={none} empty="Nothing here yet." />,
        },
      ]}
    />
  )
}
