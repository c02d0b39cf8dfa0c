import { spawn } from 'node:child_process'

/** The shell reads until we are gone, however we go; SIGKILL leaves no other way to clean up. */
const script = `trap '' INT TERM HUP
read -r verdict
[ "$verdict" = done ] && exit 0
pid=$1; signal=$2; shift 2
kill -s "$signal" -- "$pid" 2>/dev/null
[ $# -eq 0 ] && exit 0
for i in 1 2 3 4 5 6 7 8 9 10; do kill -s 0 -- "$pid" 2>/dev/null || break; sleep 1; done
rm -rf -- "$@"`

/** Ends a process (or, negative, a group) and removes folders when this process disappears without doing so; call the result to dismiss. */
export function guardProcess(pid: number, signal: 'INT' | 'TERM', folders: string[] = []): () => void {
  const shell = spawn('/bin/sh', ['-c', script, 'watchdog', String(pid), signal, ...folders], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  return () => {
    shell.stdin.end('done\n')
  }
}
