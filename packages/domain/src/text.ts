import { z } from 'zod'

// Controls, bidi overrides and lone surrogates change what a reader sees or break PostgreSQL, and never carry meaning here.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this expression is about.
const unwanted = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** Normalises what a person typed: NFC, no invisible controls or bidi overrides, one kind of line end, trimmed. */
export function cleanText(value: string): string {
  return value
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(unwanted, '')
    .replaceAll('\ufffd', '')
    .trim()
}

/** Text of one line: line ends become spaces. */
export function cleanLine(value: string): string {
  return cleanText(value).replace(/\s+/g, ' ')
}

/** A line of text with a minimum and maximum number of characters after cleaning. */
export const line = (min: number, max: number) =>
  z
    .string()
    .max(max * 4 + 1000)
    .transform(cleanLine)
    .pipe(z.string().min(min).max(max))

/** Text of several lines with a minimum and maximum number of characters after cleaning. */
export const prose = (min: number, max: number) =>
  z
    .string()
    .max(max * 4 + 1000)
    .transform(cleanText)
    .pipe(z.string().min(min).max(max))

/** A web address a reader may be sent to: http or https only (SECURITY R2). */
export const webAddress = z
  .string()
  .max(2000)
  .transform(cleanLine)
  .pipe(z.url({ protocol: /^https?$/, hostname: z.regexes.domain }))
