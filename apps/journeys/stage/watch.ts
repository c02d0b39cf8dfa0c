import type { BrowserContext } from '@playwright/test'

/** What went wrong in the browsers of one story without anybody noticing on the page. */
export class Watch {
  private readonly flaws: string[] = []
  /** The web asks for a draft on the server without knowing whether there is one. */
  private readonly allowed = [/status of 404.*\/api\/v1\/drafts\//]
  private readonly origin: string

  constructor(origin: string) {
    this.origin = origin
  }

  /** Follows everything that this browser asks for and complains about. */
  follow(context: BrowserContext): void {
    context.on('request', (request) => {
      const url = new URL(request.url())
      const isOurs = url.origin === this.origin || url.protocol === 'data:' || url.protocol === 'blob:'
      if (!isOurs) this.flaws.push(`asked another origin: ${request.url()}`)
    })
    context.on('response', (response) => {
      if (response.status() >= 500) this.flaws.push(`${response.status()} from ${response.url()}`)
    })
    context.on('console', (message) => {
      if (message.type() === 'error') this.flaws.push(`console: ${message.text()} at ${message.location().url}`)
    })
    context.on('weberror', (error) => {
      this.flaws.push(`uncaught: ${error.error().stack ?? error.error().message}`)
    })
  }

  /** This story provokes it, so it is no flaw here. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns)
  }

  /** Everything that nobody asked for. */
  get surprises(): string[] {
    return this.flaws.filter((flaw) => !this.allowed.some((pattern) => pattern.test(flaw)))
  }
}
