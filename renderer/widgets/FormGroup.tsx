import type { ReactNode } from 'react'
import './form-group.css'

/** Fields that belong together, under a heading. */
export function FormGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className="form-group">
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}
