import { expect, it } from 'vitest'
import { ServerFailedError } from '../processes/server.ts'
import { explainFailure } from './explain-failure.ts'
import { UsageError } from './usage-error.ts'

it('shows exactly what a process said about its configuration', () => {
  const output = ['{"level":30,"msg":"starting"}', 'LOG_LEVEL: must be one of …', '']
  const error = new ServerFailedError('API ended', { code: 78, signal: null }, output)
  expect(explainFailure(error)).toEqual({ message: 'LOG_LEVEL: must be one of …', exitCode: 78 })
})

it('shows the last words of a process that ended otherwise', () => {
  const error = new ServerFailedError('API ended', { code: 1, signal: null }, ['one', 'two'])
  expect(explainFailure(error).message).toBe('API ended.\nIts last words:\n    one\n    two')
})

it('shows a mistake of the person without a stack trace', () => {
  expect(explainFailure(new UsageError('PORT is bad'))).toEqual({
    message: 'PORT is bad',
    exitCode: 2,
  })
})
