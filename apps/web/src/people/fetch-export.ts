import type { ExportFile } from '@meedenk/domain/privacy/schemas'
import { ApiError, readApiError } from '../shell/api-error.ts'
import { useSession } from '../shell/session.ts'

/** Fetches one file of what somebody takes along and hands it to the browser to keep. */
export async function fetchExport(id: string, file: ExportFile): Promise<void> {
  // Prolongs the session first, which a plain download cannot do.
  await useSession().load()
  const response = await fetch(`/api/v1/me/exports/${id}/${file}`, {
    headers: { 'x-meedenk': '1', 'accept-language': document.documentElement.lang },
  }).catch(() => {
    throw new ApiError(0, 'offline')
  })
  if (!response.ok) throw await readApiError(response)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = file === 'page' ? 'meedenk.html' : 'meedenk.json'
  link.click()
  // Firefox still reads from it for a moment.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
