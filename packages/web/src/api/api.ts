import { createHttpClient } from '@manyhands/shared/client/http-client'

export const api = createHttpClient({ base: '/api' })
