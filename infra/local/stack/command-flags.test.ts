import { expect, it } from 'vitest'
import { ROOT } from './checkout.ts'
import { splitDataFlag } from './command-flags.ts'

it('takes --data out of a command wherever it stands', () => {
  const command = ['user', 'create', '--name', 'Ada']
  for (const args of [
    ['--data', 'd', ...command],
    [...command, '--data', 'd'],
    ['user', '--data=d', 'create', '--name', 'Ada'],
  ]) {
    expect(splitDataFlag(args, '/here')).toEqual({ data: '/here/d', command })
  }
})

it('leaves a command without --data as it is', () => {
  expect(splitDataFlag(['migrate', '--json'], '/here')).toEqual({
    data: `${ROOT}/.data`,
    command: ['migrate', '--json'],
  })
})

it('wants a directory after --data', () => {
  expect(() => splitDataFlag(['migrate', '--data'], '/here')).toThrow(/--data needs a directory/)
})
