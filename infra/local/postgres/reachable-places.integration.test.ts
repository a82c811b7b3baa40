import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { postgresAccount } from './account.ts'
import { reachableHome } from './reachable-places.ts'

const isRoot = process.getuid?.() === 0
let data: string

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'manyhands-'))
})
afterEach(() => {
  const moved = join(data, 'postgres')
  if (existsSync(moved)) rmSync(realpathSync(moved), { recursive: true })
  rmSync(data, { recursive: true })
})

it('stays in the data directory for a normal user', () => {
  expect(reachableHome(join(data, 'postgres'), undefined)).toBe(join(data, 'postgres'))
})

// Not `runIf`: for anybody else there is nothing that could be skipped.
if (isRoot) {
  describe('for root, who may not run PostgreSQL', () => {
    it('stays where the other account can enter', () => {
      chmodSync(data, 0o755)
      expect(reachableHome(join(data, 'postgres'), postgresAccount())).toBe(join(data, 'postgres'))
    })

    it('moves out of a closed directory, says so, and finds the place again', () => {
      chmodSync(data, 0o700)
      const moves: string[] = []
      const home = reachableHome(join(data, 'postgres'), postgresAccount(), (to) => moves.push(to))
      expect(home.startsWith(data)).toBe(false)
      expect(moves).toEqual([home])
      expect(lstatSync(join(data, 'postgres')).isSymbolicLink()).toBe(true)
      expect(reachableHome(join(data, 'postgres'), postgresAccount())).toBe(home)
    })

    it('refuses the copy of a data directory, whose link leads to the same database', () => {
      reachableHome(join(data, 'postgres'), postgresAccount())
      const copy = mkdtempSync(join(tmpdir(), 'manyhands-'))
      cpSync(data, copy, { recursive: true, verbatimSymlinks: true })
      expect(() => reachableHome(join(copy, 'postgres'), postgresAccount())).toThrow(/is a copy of/)
      rmSync(copy, { recursive: true })
    })

    it('removes what was moved for a temporary directory that is gone', () => {
      const other = mkdtempSync(join(tmpdir(), 'manyhands-'))
      const orphan = reachableHome(join(other, 'postgres'), postgresAccount())
      rmSync(other, { recursive: true })
      reachableHome(join(data, 'postgres'), postgresAccount())
      expect(() => statSync(orphan)).toThrow(/ENOENT/)
    })

    it('takes the owner of data that exist', () => {
      mkdirSync(join(data, 'primary'))
      chownSync(join(data, 'primary'), 12_345, 12_346)
      expect(postgresAccount(join(data, 'primary'))).toEqual({ uid: 12_345, gid: 12_346 })
      expect(postgresAccount(join(data, 'none'))?.uid).not.toBe(0)
    })
  })
}
