/** Where the archives of an account lie in the storage. */
export function personalDataFolder(userId: number): string {
  return `personal-data/${userId}`
}

export function personalDataKey(userId: number, exportId: string): string {
  return `${personalDataFolder(userId)}/${exportId}.zip`
}
