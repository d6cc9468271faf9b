declare const brand: unique symbol

/** A number that cannot be mistaken for the number of another kind of thing. Never reused within a store. */
type Id<Name extends string> = number & { readonly [brand]: Name }

export type AccountId = Id<'account'>
export type FolderId = Id<'folder'>
export type MessageId = Id<'message'>
export type OperationId = Id<'operation'>
/** A frozen, sorted list of message ids that the engine keeps for one list on screen. */
export type ViewId = Id<'view'>
/** One Send and Receive, from its start to its last task. */
export type RunId = Id<'run'>
