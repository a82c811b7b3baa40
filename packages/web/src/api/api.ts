import { createHttpClient } from './http-client.ts'

export const api = createHttpClient()
