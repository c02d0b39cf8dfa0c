import { writeFileSync } from 'node:fs'

export type Line = {
  name: string
  /** Null when it could not be measured, which holds no target. */
  value: number | null
  unit: string
  ceiling: number | null
  ratio: number | null
  target: string
  holds: boolean
}

const round = (value: number) => (Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100)

/** One line of the table as it is measured. */
export function print(line: Line): void {
  const ratio = line.ratio === null ? '' : ` ratio ${round(line.ratio)}`
  const ceiling = line.ceiling === null ? '' : ` (bare ${round(line.ceiling)})`
  console.log(
    `${line.holds ? 'holds ' : 'MISSES'} ${line.name.padEnd(22)} ${line.value === null ? 'not measured' : `${round(line.value)} ${line.unit}`}${ceiling}${ratio}  target ${line.target}`,
  )
}

/** The array that the operator's contract promises. */
export function write(file: string, lines: Line[]): void {
  writeFileSync(file, `${JSON.stringify(lines, null, 2)}\n`)
}
