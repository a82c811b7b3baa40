import type { ListShape } from '../db/list.ts'
import { users } from './table.ts'

/** What the list of accounts is filtered and ordered by. Strangers by what they may see of somebody, admins
 *  also by address and info; nobody by a key, a hash or a role (rest-api.md sections 2.9, 10.2 #5). */
export const userList: ListShape = {
  name: 'User',
  fields: {
    id: { column: users.id, kind: 'int' },
    name: { column: users.name, kind: 'text' },
    locale: { column: users.locale, kind: 'text' },
    fullname: { column: users.fullname, kind: 'text' },
    created: { column: users.created, kind: 'moment' },
    email_addr: { column: users.emailAddr, kind: 'text', ownersOnly: true },
    info: { column: users.info, kind: 'json', ownersOnly: true },
  },
}

/** Asking by these tells what an account of privacy does not show. */
export const PRIVATE_FIELDS = ['fullname', 'created']
