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

/** `POST /api/session`. `login` is the e-mail address or the user name. */
export const SignIn = z
  .strictObject({
    login: z.string().trim().min(1, 'must not be empty').max(254),
    password: z.string().min(1).max(200),
  })
  .meta({ id: 'SignIn' })
export type SignIn = z.infer<typeof SignIn>

/** `GET /api/session`: who the caller is. Asking also gives a browser its anonymous identity. */
export const Session = z
  .object({
    user: z
      .object({
        id: z.int(),
        name: z.string(),
        fullname: z.string(),
        email_addr: z.string(),
        admin: z.boolean(),
        locale: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof Session>

/** `GET /api/account/api-key`: shown to its own user only. */
export const ApiKey = z.object({ api_key: z.string() }).meta({ id: 'ApiKey' })
export type ApiKey = z.infer<typeof ApiKey>
