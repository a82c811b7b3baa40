import type { Presenter } from '@manyhands/shared/presenters/contract'

/** A project of the demo: everything in it is computed from the data of npm packages, the same each time,
 *  so that the simulated crowd knows the true answers without looking into the database. */
export interface DemoProject {
  name: string
  shortName: string
  /** One sentence for the card. */
  description: string
  /** Markdown. */
  longDescription: string
  /** Its stimulus field is unique within the project: the true answers are found by it. */
  presenter: Presenter
  redundancy: number
  /** Volunteers' answers are compared with known ones: they are kept where only owners see them. */
  hasGold: boolean
  thumbnail: string
  listTasks(): Promise<DemoTask[]>
  /** The files that the tasks and the thumbnail refer to. */
  listFiles(): AsyncIterable<DemoFile>
}

export interface DemoTask {
  /** The key by which seeding again finds the task. */
  externalId: string
  info: Record<string, string>
  /** The answer that is right. Never part of `info`, which volunteers can read. */
  truth: string
}

export interface DemoFile {
  /** Where it lies in the storage, `demo/…`. */
  key: string
  content: Uint8Array
}

/** The address of a stored file, from the platform's own origin. */
export function addressOf(key: string): string {
  return `/uploads/${key}`
}
