import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
} from '@tanstack/react-router'
import { categoryQueries } from '../categories/queries.ts'
import { parseProjectSearch } from '../projects/project-search.ts'
import { projectQueries } from '../projects/queries.ts'
import { ContributePage } from '../task-runs/contribute-page.tsx'
import { HomePage } from './home-page.tsx'
import { CrashedPage, NotFoundPage } from './not-found-page.tsx'
import { Shell } from './shell.tsx'

interface RouterContext {
  queryClient: QueryClient
}

const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
})
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })
/** Pages with forms and tables, built with the kit: volunteers at work never load it. */
const kit = createRoute({
  getParentRoute: () => shell,
  id: 'kit',
  component: lazyRouteComponent(() => import('../ui/kit.tsx'), 'Kit'),
})

const home = createRoute({ getParentRoute: () => shell, path: '/', component: HomePage })

const work = createRoute({
  getParentRoute: () => shell,
  path: '/work',
  component: lazyRouteComponent(() => import('../projects/work-page.tsx'), 'WorkPage'),
})

const browsePage = lazyRouteComponent(() => import('../projects/browse-page.tsx'), 'BrowsePage')
const browse = createRoute({
  getParentRoute: () => shell,
  path: '/project',
  validateSearch: parseProjectSearch,
  loader: ({ context }) => void context.queryClient.prefetchQuery(categoryQueries.list()),
  component: browsePage,
})
const browseCategory = createRoute({
  getParentRoute: () => shell,
  path: '/project/category/$name',
  validateSearch: parseProjectSearch,
  component: browsePage,
})

const project = createRoute({
  getParentRoute: () => shell,
  path: '/project/$shortName',
  loader: ({ context, params }) =>
    void context.queryClient.prefetchQuery(projectQueries.page(params.shortName)),
  component: lazyRouteComponent(() => import('../projects/project-page.tsx'), 'ProjectPage'),
})

const newtask = createRoute({
  getParentRoute: () => root,
  path: '/project/$shortName/newtask',
  component: ContributePage,
})
const givenTask = createRoute({
  getParentRoute: () => root,
  path: '/project/$shortName/task/$taskId',
  component: ContributePage,
})

const newProject = createRoute({
  getParentRoute: () => kit,
  path: '/project/new',
  component: lazyRouteComponent(() => import('../projects/new-project-page.tsx'), 'NewProjectPage'),
})

const settings = createRoute({
  getParentRoute: () => kit,
  path: '/project/$shortName/settings',
  component: lazyRouteComponent(() => import('../projects/settings-layout.tsx'), 'SettingsLayout'),
})
const settingsOverview = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => import('../projects/overview-page.tsx'), 'OverviewPage'),
})
const settingsTasks = createRoute({
  getParentRoute: () => settings,
  path: '/tasks',
  component: lazyRouteComponent(() => import('../tasks/task-list-page.tsx'), 'TaskListPage'),
})
const settingsPresenter = createRoute({
  getParentRoute: () => settings,
  path: '/presenter',
  component: lazyRouteComponent(() => import('../presenters/presenter-page.tsx'), 'PresenterPage'),
})
const settingsImport = createRoute({
  getParentRoute: () => settings,
  path: '/import',
  component: lazyRouteComponent(() => import('../imports/import-page.tsx'), 'ImportPage'),
})
const settingsExport = createRoute({
  getParentRoute: () => settings,
  path: '/export',
  component: lazyRouteComponent(() => import('../exports/export-page.tsx'), 'ExportPage'),
})

/** Where to return to: kept in the address, so that a reload does not lose it. */
const parseNext = (search: Record<string, unknown>): { next?: string } =>
  typeof search.next === 'string' ? { next: search.next } : {}
/** What a sign-in provider's way back says went wrong, beside it. */
const parseReturn = (search: Record<string, unknown>): { next?: string; problem?: string } => ({
  ...parseNext(search),
  ...(typeof search.problem === 'string' ? { problem: search.problem } : {}),
})
const signIn = createRoute({
  getParentRoute: () => kit,
  path: '/account/signin',
  validateSearch: parseReturn,
  component: lazyRouteComponent(() => import('../users/sign-in-page.tsx'), 'SignInPage'),
})
const register = createRoute({
  getParentRoute: () => kit,
  path: '/account/register',
  validateSearch: parseNext,
  component: lazyRouteComponent(() => import('../users/register-page.tsx'), 'RegisterPage'),
})
const forgotPassword = createRoute({
  getParentRoute: () => kit,
  path: '/account/forgot-password',
  component: lazyRouteComponent(
    () => import('../users/forgot-password-page.tsx'),
    'ForgotPasswordPage',
  ),
})
const resetPassword = createRoute({
  getParentRoute: () => kit,
  path: '/account/reset-password',
  component: lazyRouteComponent(
    () => import('../users/reset-password-page.tsx'),
    'ResetPasswordPage',
  ),
})
const confirmAddress = createRoute({
  getParentRoute: () => kit,
  path: '/account/confirm-email',
  component: lazyRouteComponent(
    () => import('../users/confirm-address-page.tsx'),
    'ConfirmAddressPage',
  ),
})
const account = createRoute({
  getParentRoute: () => kit,
  path: '/account/$name',
  validateSearch: parseReturn,
  component: lazyRouteComponent(() => import('../users/account-page.tsx'), 'AccountPage'),
})
const myProjects = createRoute({
  getParentRoute: () => shell,
  path: '/account/$name/projects',
  component: lazyRouteComponent(() => import('../projects/my-projects-page.tsx'), 'MyProjectsPage'),
})

/** Everything else, inside the frame of the other pages. */
const unknown = createRoute({ getParentRoute: () => shell, path: '$', component: NotFoundPage })

const routeTree = root.addChildren([
  newtask,
  givenTask,
  shell.addChildren([
    home,
    work,
    browse,
    browseCategory,
    project,
    myProjects,
    unknown,
    kit.addChildren([
      newProject,
      signIn,
      register,
      forgotPassword,
      resetPassword,
      confirmAddress,
      account,
      settings.addChildren([
        settingsOverview,
        settingsTasks,
        settingsPresenter,
        settingsImport,
        settingsExport,
      ]),
    ]),
  ]),
])

/** `history` stands in for the browser's in tests. */
export function createAppRouter(queryClient: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    ...(history ? { history } : {}),
    context: { queryClient },
    defaultPreload: 'intent',
    // The query cache decides what is fresh.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultErrorComponent: CrashedPage,
    defaultNotFoundComponent: NotFoundPage,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
