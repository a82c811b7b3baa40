import type {
  HelpingMaterialChange,
  HelpingMaterialInput,
} from '@manyhands/shared/helping-materials/contract'
import { helpingMaterialList } from '@manyhands/shared/helping-materials/list-shape'
import { mayChangeHelpingMaterials } from '@manyhands/shared/helping-materials/policy'
import { helpingMaterialRows } from '@manyhands/shared/helping-materials/repository'
import {
  type HelpingMaterialRow,
  helpingMaterials,
} from '@manyhands/shared/helping-materials/table'
import { mayReadContents } from '@manyhands/shared/projects/policy'
import { contentService } from '../content/content-service.ts'
import { inProject } from '../content/places.ts'

export const helpingMaterialService = contentService({
  name: 'helpingmaterial',
  shape: helpingMaterialList,
  rows: helpingMaterialRows,
  places: inProject<HelpingMaterialRow>(helpingMaterials.projectId),
  mayRead: (caller, _material, project) => mayReadContents(caller, project),
  mayCreate: mayChangeHelpingMaterials,
  mayChange: (caller, _material, project) => mayChangeHelpingMaterials(caller, project),
  toRow: ({ project_id, media_url, ...rest }: HelpingMaterialInput) => ({
    ...rest,
    projectId: project_id,
    mediaUrl: media_url,
  }),
  toChange: ({ media_url, ...rest }: HelpingMaterialChange) => ({ ...rest, mediaUrl: media_url }),
})
