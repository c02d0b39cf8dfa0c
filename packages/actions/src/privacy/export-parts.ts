import { type SQL, sql } from 'drizzle-orm'

type Parts = Record<string, (personId: string) => SQL>

/** What belongs to a person whatever the channel. Secrets (hashes, keys) open doors and tell nothing, so they are left out. */
export const partsOfPerson: Parts = {
  profile: (id) => sql`
    select p.name, p.handle, p.portrait, p.role_kind as "roleKind", p.job_title as "jobTitle", p.organisation,
      (select r.name from regions r where r.code = p.region_code) as municipality, p.about, p.locale, p.state, p.platform_role as "platformRole",
      p.profile_visibility as "profileVisibility", p.job_title_visibility as "jobTitleVisibility", p.organisation_visibility as "organisationVisibility",
      p.region_visibility as "regionVisibility", p.about_visibility as "aboutVisibility", p.expertise_visibility as "expertiseVisibility",
      p.nudges_per_week as "nudgesPerWeek", p.joined_at as "joinedAt", p.onboarded_at as "onboardedAt", p.agreed_at as "agreedAt"
    from people p where p.id = ${id}`,
  account: (id) => sql`
    select a.email::text as email, a.confirmed_at as "confirmedAt", a.bounced_at as "bouncedAt" from accounts a where a.person_id = ${id}`,
  addressChanges: (id) => sql`
    select m.old_email::text as "oldEmail", m.new_email::text as "newEmail", m.moved_at as "movedAt", m.undone_at as "undoneAt"
    from email_moves m where m.person_id = ${id} order by m.moved_at`,
  confirmations: (id) => sql`
    select c.purpose, c.email::text as email, c.created_at as "createdAt", c.used_at as "usedAt"
    from confirmations c where c.person_id = ${id} order by c.created_at`,
  expertises: (id) => sql`
    select t.name as theme, e.level, e.since from person_expertises e join themes t on t.id = e.theme_id where e.person_id = ${id} order by t.name`,
  interests: (id) => sql`
    select t.name as theme, i.since from person_interests i join themes t on t.id = i.theme_id where i.person_id = ${id} order by t.name`,
  guardianOf: (id) => sql`select t.name as theme from themes t where t.guardian_id = ${id} order by t.name`,
  sessions: (id) => sql`
    select s.device, s.level, s.methods, s.started_at as "startedAt", s.last_used_at as "lastUsedAt", s.expires_at as "expiresAt",
      s.revoked_at as "endedAt", s.revoked_because as "endedBecause"
    from sessions s where s.person_id = ${id} order by s.started_at`,
  passkeys: (id) => sql`
    select k.label, k.created_at as "createdAt", k.last_used_at as "lastUsedAt" from passkeys k where k.person_id = ${id} order by k.created_at`,
  password: (id) => sql`select w.set_at as "setAt" from passwords w where w.person_id = ${id}`,
  codeApp: (id) => sql`select t.confirmed_at as "confirmedAt" from totp_secrets t where t.person_id = ${id}`,
  paces: (id) => sql`select s.kind, s.pace from pace_settings s where s.person_id = ${id} order by s.kind`,
  mailPause: (id) => sql`select p.until from mail_pauses p where p.person_id = ${id}`,
  drafts: (id) =>
    sql`select d.key, d.content, d.saved_at as "savedAt" from drafts d where d.person_id = ${id} order by d.saved_at`,
  mails: (id) => sql`
    select m.template, m.queued_at as "queuedAt", m.sent_at as "sentAt", m.failed_at as "failedAt" from mails m where m.person_id = ${id} order by m.queued_at`,
  departure: (id) => sql`
    select d.contributions, d.requested_at as "requestedAt", d.due_at as "dueAt" from departures d where d.person_id = ${id}`,
  exports: (id) => sql`
    select e.requested_at as "requestedAt", e.ready_at as "readyAt", e.expires_at as "expiresAt" from exports e where e.person_id = ${id} order by e.requested_at`,
  log: (id) =>
    sql`select e.type, e.happened_at as "happenedAt" from events e where e.actor_id = ${id} order by e.happened_at, e.id`,
}

/** The title of somebody else's question, as long as this person may still read it. */
const titleFor = (
  id: string,
) => sql`case when q.author_id = ${id} or (q.hidden_at is null and q.withdrawn_at is null and (q.channel_id = ctx.plaza()
    or exists (select from channel_members m where m.channel_id = q.channel_id and m.person_id = ${id}))) then q.title end`
const sealedFor = (id: string) => sql`(select s.subject_id from sealed_authors s where s.person_id = ${id})`

/** What one wrote or did in a channel. Of others it names at most the title of the question they asked. */
export const partsOfChannel: Parts = {
  memberships: (id) => sql`
    select c.name as channel, m.role, m.joined_at as "joinedAt" from channel_members m join channels c on c.id = m.channel_id where m.person_id = ${id}`,
  questions: (id) => sql`
    select q.number::int as number, q.title, q.body, q.kind, q.author_id is null as anonymous, q.shown_role as "shownRole", q.asked_at as "askedAt",
      q.edited_at as "editedAt", q.closed_at as "closedAt", q.closed_reason as "closedReason", q.withdrawn_at as "withdrawnAt", q.hidden_at as "hiddenAt",
      (select coalesce(json_agg(t.name order by t.name), '[]') from question_themes qt join themes t on t.id = qt.theme_id where qt.question_id = q.id) as themes,
      (select coalesce(json_agg(json_build_object('title', r.title, 'body', r.body, 'replacedAt', r.replaced_at) order by r.replaced_at), '[]')
        from revisions r where r.subject_id = q.id) as "earlierTexts",
      (select json_build_object('body', y.body, 'didNotWork', y.did_not_work, 'sharedAt', y.shared_at) from yields y where y.question_id = q.id) as outcome,
      (select coalesce(json_agg(json_build_object('askedAt', y.asked_at, 'outcome', y.outcome) order by y.day), '[]')
        from yield_reminders y where y.question_id = q.id) as "outcomeReminders"
    from questions q where q.author_id = ${id} or q.id in ${sealedFor(id)} order by q.asked_at`,
  answers: (id) => sql`
    select ${titleFor(id)} as question, q.number::int as "questionNumber", a.parent_id is not null as "isFollowUp", a.perspective, a.body, a.author_id is null as anonymous,
      a.referral_url as "referralUrl", a.referral_title as "referralTitle", a.posted_at as "postedAt", a.edited_at as "editedAt",
      a.withdrawn_at as "withdrawnAt", a.hidden_at as "hiddenAt", a.helped_at as "helpedAt",
      (select coalesce(json_agg(json_build_object('body', r.body, 'replacedAt', r.replaced_at) order by r.replaced_at), '[]')
        from revisions r where r.subject_id = a.id) as "earlierTexts"
    from answers a join questions q on q.id = a.question_id
    where a.author_id = ${id} or a.id in ${sealedFor(id)} order by a.posted_at`,
  thanks: (id) => sql`
    select ${titleFor(id)} as question, t.thanked_at as "thankedAt"
    from thanks t join answers a on a.id = t.answer_id join questions q on q.id = a.question_id where t.person_id = ${id} order by t.thanked_at`,
  meToos: (id) => sql`
    select ${titleFor(id)} as question, m.said_at as "saidAt" from me_toos m join questions q on q.id = m.question_id where m.person_id = ${id} order by m.said_at`,
  saved: (id) => sql`
    select ${titleFor(id)} as question, s.saved_at as "savedAt", s.kept from saved_questions s join questions q on q.id = s.question_id and q.channel_id = s.channel_id
    where s.person_id = ${id} order by s.saved_at`,
  notices: (id) => sql`
    select n.kind, ${titleFor(id)} as question, n.state, n.added_at as "addedAt", n.handled_at as "handledAt", n.until
    from notices n left join questions q on q.id = n.question_id where n.person_id = ${id} order by n.added_at`,
  reports: (id) => sql`
    select r.number::int as number, r.subject_kind as "subjectKind", r.reason, r.explanation, r.reporter_name as "reporterName", r.reporter_email as "reporterEmail",
      r.reported_at as "reportedAt", r.decided_at as "decidedAt"
    from reports r where r.reporter_id = ${id} order by r.reported_at`,
  decisionsAboutYou: (id) => sql`
    select d.subject_kind as "subjectKind", d.decision, d.reason, d.rule, d.decided_at as "decidedAt" from moderation_decisions d
    where d.subject_id in (select q.id from questions q where q.author_id = ${id} union select a.id from answers a where a.author_id = ${id}) or d.subject_id in ${sealedFor(id)}
    order by d.decided_at`,
  decisionsByYou: (id) => sql`
    select d.subject_kind as "subjectKind", d.decision, d.reason, d.rule, d.decided_at as "decidedAt" from moderation_decisions d
    where d.decided_by = ${id} order by d.decided_at`,
  sealsOpened: (id) => sql`
    select o.reason, o.opened_at as "openedAt", o.opened_by = ${id} as "byYou" from seal_openings o
    where o.opened_by = ${id} or o.subject_id in ${sealedFor(id)} order by o.opened_at`,
}
