import type * as v from 'valibot'

type Check<Input> = v.GenericSchema<unknown, Input>

/** A call that only reads: it may be repeated after the engine restarts. */
export interface QueryDefinition<Input, Output> {
  readonly kind: 'query'
  readonly input: Check<Input>
  /** Only a type: outputs come from our own engine and are not checked at run time. */
  readonly output?: Output
}

/** A call that changes something: it runs once and answers when its local half is stored. */
export interface ActionDefinition<Input, Output> {
  readonly kind: 'action'
  readonly input: Check<Input>
  readonly output?: Output
}

export interface EventDefinition<Payload> {
  readonly kind: 'event'
  readonly payload?: Payload
}

export const query =
  <Output>() =>
  <Input>(input: Check<Input>): QueryDefinition<Input, Output> => ({ kind: 'query', input })
export const action =
  <Output>() =>
  <Input>(input: Check<Input>): ActionDefinition<Input, Output> => ({ kind: 'action', input })
export const event = <Payload>(): EventDefinition<Payload> => ({ kind: 'event' })

// oxlint-disable-next-line typescript/no-explicit-any -- a contract is a map of unlike entries; each use narrows it again
type AnyCall = QueryDefinition<any, any> | ActionDefinition<any, any>
export type Calls = Record<string, AnyCall>
// oxlint-disable-next-line typescript/no-explicit-any -- as above
export type Events = Record<string, EventDefinition<any>>

export type InputOf<C extends Calls, N extends keyof C> = C[N] extends { readonly input: Check<infer I> } ? I : never
export type OutputOf<C extends Calls, N extends keyof C> = C[N] extends { readonly output?: infer O } ? O : never
export type PayloadOf<E extends Events, N extends keyof E> = E[N] extends { readonly payload?: infer P } ? P : never

/** What the serving side implements: a missing or extra handler is a compile error. */
export type Handlers<C extends Calls> = {
  readonly [N in keyof C]: (input: InputOf<C, N>, signal: AbortSignal) => OutputOf<C, N> | Promise<OutputOf<C, N>>
}

/** What the calling side holds: one type over every transport. */
export interface Client<C extends Calls, E extends Events> {
  call<N extends keyof C & string>(name: N, input: InputOf<C, N>, signal?: AbortSignal): Promise<OutputOf<C, N>>
  on<N extends keyof E & string>(name: N, listener: (payload: PayloadOf<E, N>) => void): () => void
  /** Called once when the other side is gone. */
  onClose(listener: () => void): () => void
  close(): void
}
