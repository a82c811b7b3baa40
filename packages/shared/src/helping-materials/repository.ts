import { tableQueries } from '../db/table-queries.ts'
import { helpingMaterials } from './table.ts'

export const helpingMaterialRows = tableQueries(helpingMaterials)
