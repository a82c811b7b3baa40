import type { UploadKind } from '@manyhands/shared/uploads/table'
import type { z } from 'zod'
import type { ContentService } from './content-service.ts'

/** What the stored pieces of every kind have. */
export interface ContentRow {
  id: number
  mediaUrl: string | null
}

/** The same on the wire. */
export interface ContentView {
  id: number
  project_id?: number
  info: Record<string, unknown>
}

/** How one kind of content is spoken of on the wire. */
export interface ContentWire<
  Row extends ContentRow,
  View extends ContentView,
  Place,
  Input,
  Change,
> {
  name: UploadKind
  /** In the API description: `a blog post`, `blog posts`. */
  one: string
  many: string
  about: string
  service: ContentService<Row, Place, Input, Change>
  object: z.ZodType<View>
  input: z.ZodType<Input>
  change: z.ZodType<Change>
  toView: (row: Row) => View
  /** Keys that only the server writes, and whether the refusal says which it was (rest-api.md 2.2). */
  reserved: string[]
  namesReserved?: boolean
}
