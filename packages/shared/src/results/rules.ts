/** Whether somebody has set the info of a result: only then it counts (data-model.md, project_stats). */
export function hasInfo({ info }: { info: unknown }): boolean {
  return info !== null && info !== undefined && info !== ''
}
