import { z } from 'zod'

/** An account, as everybody may see it. */
export const Member = z
  .object({ id: z.int(), name: z.string(), fullname: z.string() })
  .meta({ id: 'Member' })
export type Member = z.infer<typeof Member>

/** `GET /api/projects/<short_name>/members`, for its owners. */
export const ProjectMembers = z
  .object({
    owner: Member,
    co_owners: z.array(Member),
    testers: z.array(Member),
    /** To whom the project was offered, as that was written: an address tells nobody whose it is. */
    transfer_offered_to: z.string().nullable(),
  })
  .meta({ id: 'ProjectMembers' })
export type ProjectMembers = z.infer<typeof ProjectMembers>

/** `POST …/members/co-owners` and `…/members/testers`: the exact user name. */
export const MemberName = z
  .strictObject({ name: z.string().trim().min(1, 'must not be empty').max(254) })
  .meta({ id: 'MemberName' })
export type MemberName = z.infer<typeof MemberName>

/** `POST …/transfer`: a user name or an e-mail address. */
export const TransferOffer = z
  .strictObject({ to: z.string().trim().min(1, 'must not be empty').max(254) })
  .meta({ id: 'TransferOffer' })
export type TransferOffer = z.infer<typeof TransferOffer>

/** `GET /api/account/project-offers`: what the caller may accept or decline. */
export const ProjectOffer = z
  .object({
    project: z.object({
      id: z.int(),
      name: z.string(),
      short_name: z.string(),
      description: z.string(),
    }),
    from: Member,
  })
  .meta({ id: 'ProjectOffer' })
export type ProjectOffer = z.infer<typeof ProjectOffer>

/** Co-owners and testers that a project may have of each. */
export const MAX_MEMBERS = 200
