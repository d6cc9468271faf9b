import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { toStoreError } from './sqlite-errors.ts'

/** A statement and the values for its question marks. */
export interface Query {
  readonly text: string
  readonly values: readonly SQLInputValue[]
}

type Part = SQLInputValue | boolean | Query

const plainTexts = new WeakMap<TemplateStringsArray, string>()

/** Values become parameters, other queries are spliced in: sql`SELECT ${columns} FROM folder WHERE id = ${id}`. */
export function sql(strings: TemplateStringsArray, ...parts: readonly Part[]): Query {
  if (!parts.some(isQuery)) return { text: plainText(strings), values: parts.map(toValue) }
  let text = strings[0] ?? ''
  const values: SQLInputValue[] = []
  for (const [index, part] of parts.entries()) {
    text += isQuery(part) ? part.text : '?'
    if (isQuery(part)) values.push(...part.values)
    else values.push(toValue(part))
    text += strings[index + 1] ?? ''
  }
  return { text, values }
}

/** Queries side by side, such as conditions joined by AND. */
export function join(queries: readonly Query[], separator: string): Query {
  return { text: queries.map((query) => query.text).join(separator), values: queries.flatMap((query) => query.values) }
}

/** A list of ids as one parameter, whatever its length, for `IN (SELECT value FROM json_each(...))`. */
export function idList(ids: Iterable<number>): Query {
  return sql`(SELECT value FROM json_each(${JSON.stringify([...ids])}))`
}

/** One connection with its prepared statements. Errors leave it as MailErrors. */
export class Sql {
  readonly #db: DatabaseSync
  readonly #path: string
  readonly #statements = new Map<string, StatementSync>()

  constructor(db: DatabaseSync, path: string) {
    this.#db = db
    this.#path = path
  }

  get isInTransaction(): boolean {
    return this.#db.isTransaction
  }

  /** The caller names the shape of the rows; STRICT tables keep that promise. */
  all<Row>(query: Query): Row[] {
    return this.#guard(() => this.#prepare(query).all(...query.values) as Row[])
  }

  get<Row>(query: Query): Row | undefined {
    return this.#guard(() => this.#prepare(query).get(...query.values) as Row | undefined)
  }

  /** Returns the id of the last inserted row. */
  run(query: Query): number {
    return this.#guard(() => Number(this.#prepare(query).run(...query.values).lastInsertRowid))
  }

  /** Several statements without values: schema, pragmas, BEGIN and COMMIT. */
  exec(text: string): void {
    this.#guard(() => this.#db.exec(text))
  }

  close(): void {
    this.#statements.clear()
    this.#db.close()
  }

  #prepare(query: Query): StatementSync {
    const known = this.#statements.get(query.text)
    if (known) return known
    const statement = this.#db.prepare(query.text)
    this.#statements.set(query.text, statement)
    return statement
  }

  #guard<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw toStoreError(error, this.#path)
    }
  }
}

function isQuery(part: Part): part is Query {
  return typeof part === 'object' && part !== null && 'text' in part
}

function toValue(part: Part): SQLInputValue {
  if (typeof part === 'boolean') return part ? 1 : 0
  return part as SQLInputValue
}

function plainText(strings: TemplateStringsArray): string {
  const known = plainTexts.get(strings)
  if (known !== undefined) return known
  const text = strings.join('?')
  plainTexts.set(strings, text)
  return text
}
