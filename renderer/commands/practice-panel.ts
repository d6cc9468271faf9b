import { observable } from '../live/observable.ts'

/** Whether the panel stands open. It belongs to no command that is done: one practises while it is there. */
export const practicePanel = observable(false)
