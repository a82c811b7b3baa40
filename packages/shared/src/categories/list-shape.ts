import type { ListShape } from '../db/list.ts'
import { categories } from './table.ts'

export const categoryList: ListShape = {
  name: 'Category',
  fields: {
    id: { column: categories.id, kind: 'int' },
    name: { column: categories.name, kind: 'text' },
    short_name: { column: categories.shortName, kind: 'text' },
    description: { column: categories.description, kind: 'text' },
    created: { column: categories.created, kind: 'moment' },
    info: { column: categories.info, kind: 'json' },
  },
}
