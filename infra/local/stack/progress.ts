const STILL_AFTER_MS = 4000

export interface Progress {
  /** Runs one step and prints a line with its time when it is done; what `work` returns says what it came
   *  to. A long step says in between that it is still at it. */
  step(name: string, work: () => Promise<string | undefined>): Promise<void>
  note(text: string): void
}

export function createProgress(print: (line: string) => void, isStopping: () => boolean): Progress {
  let failed = false
  return {
    note: (text) => print(`  · ${text}`),
    async step(name, work) {
      const began = Date.now()
      const still = setInterval(() => print(`  … ${name} (${seconds(began)})`), STILL_AFTER_MS)
      try {
        const detail = await work()
        print(`  ✓ ${name}${detail ? `: ${detail}` : ''} (${seconds(began)})`)
      } catch (error) {
        // What fails because everything is being stopped is no news.
        if (!failed && !isStopping()) print(`  ✗ ${name} (${seconds(began)})`)
        failed = true
        throw error
      } finally {
        clearInterval(still)
      }
    },
  }
}

export function seconds(began: number): string {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`
}
