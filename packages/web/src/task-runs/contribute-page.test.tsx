// @vitest-environment jsdom
import 'fake-indexeddb/auto'
import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  anErrorBody,
  aProjectPage,
  aTask,
  aTaskRun,
  fakeServer,
  jsonResponse,
  type SentRequest,
} from '../../testing/fake-api.ts'
import { createQueryClient } from '../api/query-client.ts'
import { createAppRouter } from '../app/router.tsx'
import { startSession } from '../users/queries.ts'
import { OutboxProvider, startOutbox } from './outbox-context.tsx'

/** Longer than the time in which a second press is taken for a slip of the finger. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 260))

describe('contributing', () => {
  let answered: Set<number>
  let project = aProjectPage()
  let taskrun: (request: SentRequest) => Response
  const respond = (request: SentRequest): Response => {
    const { path } = request
    if (path === '/api/session') return jsonResponse({ user: null })
    if (path === '/api/projects/birds') return jsonResponse(project)
    if (path.endsWith('/userprogress')) return jsonResponse({ done: answered.size, total: 30 })
    if (path.startsWith('/api/project/1/newtask')) {
      const query = new URLSearchParams(path.split('?')[1])
      const from = Number(query.get('offset'))
      const open = [1, 2, 3].filter((id) => !answered.has(id)).map((id) => aTask(id))
      return jsonResponse(open.slice(from, from + Number(query.get('limit'))))
    }
    if (path === '/api/taskrun') return taskrun(request)
    if (path.startsWith('/api/projects')) return jsonResponse({ items: [], next: null })
    return jsonResponse(anErrorBody(404, 'nothing here'), 404)
  }
  const openPage = () => {
    const sent = fakeServer(respond)
    const queryClient = createQueryClient()
    const outbox = startOutbox(queryClient)
    startSession(queryClient)
    const history = createMemoryHistory({ initialEntries: ['/project/birds/newtask'] })
    const router = createAppRouter(queryClient, history)
    render(
      <QueryClientProvider client={queryClient}>
        <OutboxProvider value={outbox}>
          <RouterProvider router={router} />
        </OutboxProvider>
      </QueryClientProvider>,
    )
    return { runs: () => sent.filter(({ path }) => path === '/api/taskrun') }
  }
  const shownTask = () =>
    document.querySelector('section[aria-label="Task"] img')?.getAttribute('src')

  beforeEach(() => {
    answered = new Set()
    project = aProjectPage()
    taskrun = ({ body }) => {
      const { task_id } = body as { task_id: number }
      answered.add(task_id)
      return jsonResponse(aTaskRun(task_id))
    }
    vi.stubGlobal('scrollTo', () => {})
    HTMLImageElement.prototype.decode = async () => {}
  })
  afterEach(() => {
    cleanup()
    vi.unstubAllGlobals()
  })

  it('shows the next task at once and stores each answer under its own key', async () => {
    const { runs } = openPage()
    await screen.findByText('Is there a bird?')
    await waitFor(() => expect(shownTask()).toBe('/picture-1.jpg'))
    await settle()
    await userEvent.keyboard('1')
    expect(shownTask()).toBe('/picture-2.jpg')
    await settle()
    await userEvent.click(screen.getByRole('button', { name: /No/ }))
    await screen.findByText(/Saved/)
    await waitFor(() => expect(runs()).toHaveLength(2))
    expect(runs().map(({ body }) => body)).toEqual([
      { project_id: 1, task_id: 1, info: { answer: 'yes' } },
      { project_id: 1, task_id: 2, info: { answer: 'no' } },
    ])
    const keys = runs().map(({ headers }) => headers.get('idempotency-key'))
    expect(new Set(keys).size).toBe(2)
  })

  it('takes a double press for one answer', async () => {
    const { runs } = openPage()
    await waitFor(() => expect(shownTask()).toBe('/picture-1.jpg'))
    await settle()
    await userEvent.keyboard('11')
    await waitFor(() => expect(runs()).toHaveLength(1))
    expect(shownTask()).toBe('/picture-2.jpg')
  })

  it('says plainly that an answer was refused, and why', async () => {
    taskrun = () => jsonResponse(anErrorBody(403, 'You have already answered this task'), 403)
    openPage()
    await waitFor(() => expect(shownTask()).toBe('/picture-1.jpg'))
    await settle()
    await userEvent.keyboard('1')
    await screen.findByText(/You have already answered this task/)
    await userEvent.click(screen.getByRole('button', { name: 'Understood' }))
    await waitFor(() => expect(screen.queryByText(/already answered/)).toBeNull())
  })

  it('thanks at the end, with what was done', async () => {
    openPage()
    for (const id of [1, 2, 3]) {
      await waitFor(() => expect(shownTask()).toBe(`/picture-${id}.jpg`))
      await settle()
      await userEvent.keyboard('1')
    }
    await screen.findByText('That was the last one. Thank you.')
    expect(screen.getByText(/You gave 3 answers/)).toBeDefined()
  })

  it('does not run a task page that the owner wrote', async () => {
    project = aProjectPage({ presenter: null, has_custom_presenter: true })
    openPage()
    await screen.findByText('This project brings its own task page')
  })

  it('asks to sign in where the project wants it, and comes back', async () => {
    project = aProjectPage({ may: { ...project.may, contribute: false } })
    openPage()
    const link = await screen.findByRole('link', { name: 'Sign in' })
    expect(link.getAttribute('href')).toContain(encodeURIComponent('/project/birds/newtask'))
  })
})
