// Writes docs/schemas from the checks of preset and policy files: node build/json-schemas.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { presetSchema } from '../electron/engine/accounts/presets-json.ts'
import { policySchema } from '../electron/engine/policy/policy-file.ts'

type Json = Readonly<Record<string, unknown>>
/** The few kinds of valibot's schemas and checks that the two files use. */
interface Node {
  readonly type: string
  readonly entries?: Readonly<Record<string, Node>>
  readonly wrapped?: Node
  readonly item?: Node
  readonly options?: readonly unknown[]
  readonly literal?: unknown
  readonly default?: unknown
  readonly requirement?: unknown
  readonly pipe?: readonly Node[]
}

export const schemas = {
  'preset.schema.json': () =>
    titled(
      'Postrider preset',
      'An account as a help desk gives it away. %EMAILADDRESS%, %EMAILLOCALPART% and %EMAILDOMAIN% are filled in.',
      presetSchema,
    ),
  'policy.schema.json': () =>
    titled(
      'Postrider policy',
      'Accounts and options that an organization lays down. Presets may also have %USERNAME% and %FULLNAME%.',
      policySchema,
    ),
} as const

function titled(title: string, description: string, schema: unknown): string {
  const head = { $schema: 'https://json-schema.org/draft/2020-12/schema', title, description }
  return `${JSON.stringify({ ...head, ...jsonSchema(schema as Node) }, null, 2)}\n`
}

export const storedSchema = (name: string): string => readFileSync(pathOf(name), 'utf8')

const pathOf = (name: string) => fileURLToPath(new URL(`../docs/schemas/${name}`, import.meta.url))

function jsonSchema(node: Node): Json {
  const checks = Object.assign({}, ...(node.pipe ?? []).slice(1).map(checkOf)) as Json
  return { ...shapeOf(node), ...checks }
}

function shapeOf({ type, entries = {}, wrapped, item, options = [], literal, default: fallback }: Node): Json {
  switch (type) {
    case 'strict_object':
      return {
        type: 'object',
        properties: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, jsonSchema(entry)])),
        required: Object.entries(entries).flatMap(([name, entry]) => (entry.type === 'optional' ? [] : name)),
        additionalProperties: false,
      }
    case 'optional':
      return { ...inner(wrapped), ...(fallback !== undefined && { default: fallback }) }
    case 'nullable':
      return { anyOf: [inner(wrapped), { type: 'null' }] }
    case 'array':
      return { type: 'array', items: inner(item) }
    case 'union':
      return { anyOf: options.map((option) => jsonSchema(option as Node)) }
    case 'picklist':
      return { enum: options }
    case 'literal':
      return { const: literal }
    case 'record':
      return { type: 'object' }
    case 'string':
    case 'number':
    case 'boolean':
      return { type }
    default:
      throw new Error(`There is no JSON schema for "${type}" yet.`)
  }
}

function inner(node: Node | undefined): Json {
  if (!node) throw new Error('A schema has nothing in it.')
  return jsonSchema(node)
}

function checkOf({ type, requirement }: Node): Json {
  switch (type) {
    case 'max_length':
      return { maxLength: requirement }
    case 'min_length':
      return { minLength: requirement }
    case 'max_value':
      return { maximum: requirement }
    case 'min_value':
      return { minimum: requirement }
    case 'integer':
      return { type: 'integer' }
    case 'regex':
      return { pattern: (requirement as RegExp).source }
    default:
      throw new Error(`There is no JSON schema for the check "${type}" yet.`)
  }
}

if (import.meta.main) for (const [name, write] of Object.entries(schemas)) writeFileSync(pathOf(name), write())
