/** Where a command's words come from and go to. */
export interface Surroundings {
  env: Record<string, string | undefined>
  out(text: string): void
  err(text: string): void
}

/** One run of a command: the only way to standard output, which programs read. */
export class Invocation {
  readonly env: Surroundings['env']
  readonly #surroundings: Surroundings
  readonly #asJson: boolean

  constructor(surroundings: Surroundings, asJson: boolean) {
    this.env = surroundings.env
    this.#surroundings = surroundings
    this.#asJson = asJson
  }

  /** The result, once: as one JSON value with `--json`, else as text for people. */
  print(result: unknown, text: string): void {
    this.#surroundings.out(`${this.#asJson ? JSON.stringify(result) : text}\n`)
  }

  /** Something to read meanwhile. */
  say(text: string): void {
    this.#surroundings.err(`${text}\n`)
  }
}
