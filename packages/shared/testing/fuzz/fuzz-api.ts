import fc from 'fast-check'
import { DescribedAnswers } from '../described-answers.ts'
import { type ApiDocument, type FuzzRequest, requestsTo } from './requests.ts'
import type { Pool } from './values.ts'

export interface FuzzOptions {
  document: ApiDocument
  /** What exists, to ask for. */
  pool: Pool
  send: (request: FuzzRequest) => Promise<Response>
  seed: number
  perOperation: number
  /** Operations that are left alone, by their ids. */
  except: readonly string[]
}

export interface FuzzOutcome {
  requests: number
  faults: string[]
}

/** Sends generated requests to every operation of a running API. A fault is a server error, or an
 *  answer that the description does not allow. */
export async function fuzzApi(options: FuzzOptions): Promise<FuzzOutcome> {
  const { document, pool, seed, perOperation } = options
  const answers = new DescribedAnswers(document)
  const outcome: FuzzOutcome = { requests: 0, faults: [] }
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, { operationId }] of Object.entries(methods)) {
      if (options.except.includes(operationId)) continue
      const arbitrary = requestsTo(document, path, method, pool)
      for (const request of fc.sample(arbitrary, { seed, numRuns: perOperation })) {
        outcome.requests++
        const response = await options.send(request)
        const { status } = response
        const copy = response.clone()
        const fault =
          status >= 500
            ? `a server error: ${await copy.text()}`
            : await answers.faultOf(request.method, path, copy)
        void response.body?.cancel()
        if (fault)
          outcome.faults.push(
            `${operationId} ${request.method} ${request.path} ${status}: ${fault}`,
          )
      }
    }
  }
  return outcome
}
