import { tableQueries } from '../db/table-queries.ts'
import { blogposts } from './table.ts'

export const blogpostRows = tableQueries(blogposts)
