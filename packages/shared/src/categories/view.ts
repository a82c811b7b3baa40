import type { Category } from './contract.ts'
import type { CategoryRow } from './table.ts'

export function toCategoryView(row: CategoryRow): Category {
  return {
    id: row.id,
    name: row.name,
    short_name: row.shortName,
    description: row.description,
    created: row.created,
    info: row.info,
  }
}
