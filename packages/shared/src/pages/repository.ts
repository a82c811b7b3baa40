import { tableQueries } from '../db/table-queries.ts'
import { pages } from './table.ts'

export const pageRows = tableQueries(pages)
