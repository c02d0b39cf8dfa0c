import type { NoticeView } from '@meedenk/domain/notifications/schemas'

/** One line of the inbox: everything in one group about one conversation. */
export interface Topic {
  key: string
  /** The newest first. */
  notices: NoticeView[]
  latest: NoticeView
  isUnread: boolean
}

/** Gathers notices, newest first, into one line per conversation; what belongs to no question stands by itself. */
export function gatherTopics(notices: NoticeView[]): Topic[] {
  const topics = new Map<string, NoticeView[]>()
  for (const notice of notices) {
    const key = notice.question ? `question ${notice.question.id}` : `notice ${notice.id}`
    topics.set(key, [...(topics.get(key) ?? []), notice])
  }
  return [...topics].flatMap(([key, group]) => {
    const [latest] = group
    return latest ? [{ key, notices: group, latest, isUnread: group.some((one) => one.state === 'new') }] : []
  })
}
