import { tableQueries } from '../db/table-queries.ts'
import { announcements } from './table.ts'

export const announcementRows = tableQueries(announcements)
