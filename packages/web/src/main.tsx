// First, before any schema is made.
import './api/no-eval.ts'
import '@fontsource-variable/figtree/wght.css'
import '@fontsource-variable/fraunces/opsz.css'
import './app/tokens.css'
import './app/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './api/query-client.ts'
import { createAppRouter } from './app/router.tsx'
import { OutboxProvider, startOutbox } from './task-runs/outbox-context.tsx'
import { Toasts } from './ui/toasts.tsx'
import { startSession } from './users/queries.ts'

const queryClient = createQueryClient()
const outbox = startOutbox(queryClient)
startSession(queryClient)
const router = createAppRouter(queryClient)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <OutboxProvider value={outbox}>
        <RouterProvider router={router} />
        <Toasts />
      </OutboxProvider>
    </QueryClientProvider>
  </StrictMode>,
)
