export function identifyProcess(pid: number): string | undefined
export function parentOf(pid: number): { pid: number; command: string } | undefined
export function commandOf(pid: number): string
