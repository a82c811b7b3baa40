import { describe, expect, it } from 'vitest'
import { upToPackageManager } from './launcher-chain.mjs'

describe('upToPackageManager', () => {
  const shell = { pid: 12, command: 'sh -c exec node infra/local/bootstrap.mjs start' }
  const npm = { pid: 11, command: 'npm start' }
  const terminal = { pid: 10, command: '/bin/bash' }

  it('takes everything between this process and npm, and npm itself', () => {
    expect(upToPackageManager([shell, npm, terminal])).toEqual([12, 11])
  })

  it('knows npm by its script and the other package managers by name', () => {
    for (const command of [
      'node /usr/lib/node_modules/npm/bin/npm-cli.js start',
      '/home/me/.local/bin/pnpm run start',
      'npm run start:all',
    ]) {
      expect(upToPackageManager([{ pid: 5, command }, terminal])).toEqual([5])
    }
  })

  it('takes nobody when no package manager is there: whoever started us may go', () => {
    expect(upToPackageManager([shell, terminal])).toEqual([])
  })
})
