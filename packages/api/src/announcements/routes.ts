import {
  Announcement,
  AnnouncementChange,
  AnnouncementInput,
} from '@manyhands/shared/announcements/contract'
import { toAnnouncementView } from '@manyhands/shared/announcements/view'
import type { MiddlewareHandler } from 'hono'
import { contentRoutes } from '../content/content-routes.ts'
import type { Env } from '../http/env.ts'
import { announcementService } from './service.ts'

export const announcementRoutes = (limit: MiddlewareHandler<Env>) =>
  contentRoutes(limit, {
    name: 'announcement',
    one: 'an announcement',
    many: 'announcements',
    about: 'News of the whole site, written by its moderators.',
    service: announcementService,
    object: Announcement,
    input: AnnouncementInput,
    change: AnnouncementChange,
    toView: toAnnouncementView,
    reserved: ['id', 'created', 'updated', 'user_id'],
  })
