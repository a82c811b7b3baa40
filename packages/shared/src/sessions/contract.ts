import { z } from 'zod'

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
        id: z.int32(),
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

/** `GET /api/account/sessions`: one browser that is signed in. */
export const OwnSession = z
  .object({
    id: z.string(),
    created: z.string(),
    expires: z.string(),
    user_agent: z.string().nullable().describe('What the browser calls itself'),
    current: z.boolean().describe('The one that asks'),
  })
  .meta({ id: 'OwnSession' })
export type OwnSession = z.infer<typeof OwnSession>
