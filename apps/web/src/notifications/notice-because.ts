import type { NoticeView } from '@meedenk/domain/notifications/schemas'

const securityKeys: Record<string, string> = {
  'passkey.added': 'notifications.security.passkeyAdded',
  'passkey.removed': 'notifications.security.passkeyRemoved',
  'password.set': 'notifications.security.passwordSet',
  'password.removed': 'notifications.security.passwordRemoved',
  'totp.set': 'notifications.security.totpSet',
  'totp.removed': 'notifications.security.totpRemoved',
  'session.theft_suspected': 'notifications.security.theft',
  'session.started': 'notifications.security.newDevice',
  'email.changed': 'notifications.security.emailChanged',
  'email.change_undone': 'notifications.security.emailBack',
}
const anId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Why a notice came, as the key of a text or as words of somebody; undefined when there is nothing to add. */
export function noticeBecause({ kind, because }: NoticeView): { key?: string; text?: string } | undefined {
  if (because === null || anId.test(because)) return undefined
  if (kind === 'account_security') return { key: securityKeys[because] ?? 'notifications.security.other' }
  if (because === 'seal_opened') return { key: 'notifications.security.sealOpened' }
  return { text: because }
}
