import {
  HelpingMaterial,
  HelpingMaterialChange,
  HelpingMaterialInput,
} from '@manyhands/shared/helping-materials/contract'
import { toHelpingMaterialView } from '@manyhands/shared/helping-materials/view'
import type { MiddlewareHandler } from 'hono'
import { contentRoutes } from '../content/content-routes.ts'
import type { Env } from '../http/env.ts'
import { helpingMaterialService } from './service.ts'

export const helpingMaterialRoutes = (limit: MiddlewareHandler<Env>) =>
  contentRoutes(limit, {
    name: 'helpingmaterial',
    one: 'a helping material',
    many: 'helping materials',
    about:
      'What helps volunteers with the tasks of a project: pictures, recordings, and what is to be said of them.',
    service: helpingMaterialService,
    object: HelpingMaterial,
    input: HelpingMaterialInput,
    change: HelpingMaterialChange,
    toView: toHelpingMaterialView,
    reserved: ['id', 'created'],
  })
