declare module 'autocannon' {
  export type Request = { method?: string; path?: string; headers?: Record<string, string>; body?: string }
  type Options = {
    url: string
    connections?: number
    duration?: number
    overallRate?: number
    requests?: { setupRequest?: (request: Request) => Request }[]
  }
  type Latency = { p50: number; p97_5: number; p99: number }
  type Result = { requests: { total: number }; latency: Latency; duration: number; errors: number; non2xx: number }
  export default function autocannon(options: Options): Promise<Result>
}
