import type { ListShape } from '../db/list.ts'
import { helpingMaterials } from './table.ts'

export const helpingMaterialList: ListShape = {
  name: 'HelpingMaterial',
  fields: {
    id: { column: helpingMaterials.id, kind: 'int' },
    created: { column: helpingMaterials.created, kind: 'moment' },
    project_id: { column: helpingMaterials.projectId, kind: 'parent-ids' },
    info: { column: helpingMaterials.info, kind: 'json' },
    media_url: { column: helpingMaterials.mediaUrl, kind: 'text' },
    priority: { column: helpingMaterials.priority, kind: 'number' },
  },
}
