import type { ServiceContext } from './env.ts'

/** Signed-in callers get what belongs to their own projects unless they send exactly `all=1`
 *  (rest-api.md section 3.2). */
export function ownScope(ctx: ServiceContext, args: Record<string, string>): number | undefined {
  return args.all === '1' ? undefined : (ctx.caller.userId ?? undefined)
}
