export function upToPackageManager(ancestors: readonly { pid: number; command: string }[]): number[]
