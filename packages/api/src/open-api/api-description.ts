import { createHash } from 'node:crypto'
import type { Routes } from '../http/routes.ts'
import { describeApi } from './document.ts'
import { descriptionRoutes } from './routes.ts'

/** The OpenAPI document of these concepts and of its own endpoints, made when it is first asked for. */
export class ApiDescription {
  readonly routes: Routes
  readonly #concepts: Routes[]
  #made: { document: object; text: string; etag: string } | undefined

  constructor(concepts: Routes[]) {
    this.routes = descriptionRoutes(this)
    this.#concepts = [...concepts, this.routes]
  }

  get document(): object {
    return this.#make().document
  }

  get text(): string {
    return this.#make().text
  }

  get etag(): string {
    return this.#make().etag
  }

  #make() {
    if (!this.#made) {
      const document = describeApi(this.#concepts)
      const text = JSON.stringify(document)
      const digest = createHash('sha256').update(text).digest('base64url').slice(0, 22)
      this.#made = { document, text, etag: `"${digest}"` }
    }
    return this.#made
  }
}
