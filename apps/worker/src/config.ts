import { z } from 'zod'

const Env = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(100).default(10),
    QUEUE_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
    /** How soon a job of a dead worker is taken over. */
    QUEUE_STALLED_MS: z.coerce.number().int().min(500).default(30_000),
    SMTP_URL: z.url({ protocol: /^smtps?$/ }),
    MAIL_FROM: z.string().default('Meedenk <post@meedenk.localhost>'),
    MEEDENK_SECRET: z.string().min(32),
    PUBLIC_ORIGIN: z.url({ protocol: /^https?$/ }),
    METRICS_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    /** After how many hours of silence neighbours, helpers, guardian and facilitator are asked. */
    ESCALATION_HOURS: z
      .string()
      .regex(/^\d+(\.\d+)?(,\d+(\.\d+)?){3}$/)
      .default('2,4,12,24')
      .transform((list) => list.split(',').map(Number)),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  })
  .refine((env) => env.QUEUE_DATABASE_URL || env.REDIS_URL, {
    path: ['QUEUE_DATABASE_URL'],
    error: 'QUEUE_DATABASE_URL or REDIS_URL is needed',
  })
export type Config = z.output<typeof Env>

/** Reads the environment once, or stops the boot with a list a person can read. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = Env.safeParse(env)
  if (!parsed.success) throw new Error(`Configuration is not complete:\n${z.prettifyError(parsed.error)}`)
  const problems = parsed.data.NODE_ENV === 'production' ? productionProblems(parsed.data) : []
  if (problems.length > 0) throw new Error(`Configuration is not fit for production:\n${problems.join('\n')}`)
  return parsed.data
}

function productionProblems(config: Config): string[] {
  const problems: string[] = []
  if (!config.PUBLIC_ORIGIN.startsWith('https:')) problems.push('PUBLIC_ORIGIN must be https')
  if (/development|secret|changeme|example/i.test(config.MEEDENK_SECRET))
    problems.push('MEEDENK_SECRET is a development secret')
  for (const name of ['DATABASE_URL', 'QUEUE_DATABASE_URL'] as const) {
    const url = config[name]
    if (url && new URL(url).searchParams.get('sslmode') !== 'verify-full')
      problems.push(`${name} must say sslmode=verify-full`)
  }
  if (/localhost/.test(config.MAIL_FROM)) problems.push('MAIL_FROM must be an address that can receive mail')
  return problems
}
