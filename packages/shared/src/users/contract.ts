import { z } from 'zod'

const name = z
  .string()
  .trim()
  .min(3, 'must have 3 characters or more')
  .max(35)
  .regex(/^[^$#&/\\|?%\s]+$/, 'must not contain spaces or any of $ # & / \\ | ? %')

/** `POST /api/account`. */
export const Register = z
  .strictObject({
    name,
    fullname: z.string().trim().min(1, 'must not be empty').max(500),
    email_addr: z.email('must be an e-mail address').max(254),
    password: z.string().min(8, 'must have 8 characters or more').max(200),
  })
  .meta({ id: 'Register' })
export type Register = z.infer<typeof Register>

/** `GET /api/account/api-key`: shown to its own user only. */
export const ApiKey = z.object({ api_key: z.string() }).meta({ id: 'ApiKey' })
export type ApiKey = z.infer<typeof ApiKey>
