import type { Duplex } from 'node:stream'
import type { UploadKind } from '@manyhands/shared/uploads/table'
import type { MediaKind } from './media-types.ts'

/** The text parts of a form as the fields of a JSON body: `info` parsed, numbers and booleans too. */
export type FormFields = Record<string, unknown>

/** Whose the file will be, once it may be stored. */
export interface UploadPlace {
  /** Whose container it goes to (`uploaderFor` in shared/uploads/rules); null: `anonymous`. */
  userId: number | null
  /** The project that it is removed with; null for what belongs to none. */
  projectId: number | null
}

/** What an endpoint that takes files says about them: see `withUpload`. */
export interface UploadRules {
  kind: UploadKind
  /** Text parts that are numbers on the wire. Ids must be whole. */
  numbers?: readonly string[]
  /** Text parts that are booleans on the wire: `true` or `false`. */
  flags?: readonly string[]
  /** Text parts that `mayStore` decides by. Where the sender put them after the file, the file waits on
   *  disk, outside the storage, until they are there. */
  needs?: readonly string[]
  /** Says where the file goes, or throws the refusal of who may not store one. Called once, before a byte
   *  is stored, with the fields that have come until then: all of `needs`, or all there are. */
  mayStore: (fields: FormFields) => UploadPlace | Promise<UploadPlace>
  /** Accept only these. Everything in `media-types.ts` without it. */
  kinds?: readonly MediaKind[]
  /** Turns the content into another before it is stored. Its failures are the refusals. */
  convert?: { extension: string; stream: () => Duplex }
}

/** A file in the storage, not yet given to a record. */
export interface StoredFile {
  key: string
  container: string
  fileName: string
  /** The public address. */
  mediaUrl: string
  /** Of what was sent, before any conversion: tells a repeated upload. Hex. */
  sha256: string
}
