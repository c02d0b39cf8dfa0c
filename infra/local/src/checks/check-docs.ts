import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../places.ts'
import { listFiles, readText } from '../workspaces.ts'

const atTop = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md']
const isHere = (path: string) => existsSync(join(root, path))

/** GitHub's way of making a heading into an anchor. */
function anchorsOf(path: string): Set<string> {
  const headings = readText(path).matchAll(/^#{1,6} (.+)$/gm)
  return new Set([...headings].map(([, title = '']) => slug(title)))
}

function slug(title: string): string {
  const letters = title.toLowerCase().replace(/[^\p{L}\p{N}\- _]/gu, '')
  return letters.trim().replaceAll(' ', '-')
}

function checkLink(page: string, link: string): string[] {
  if (/^[a-z]+:/.test(link)) return []
  const [file = '', anchor] = link.split('#')
  const target = file ? join(dirname(page), decodeURI(file)) : page
  if (!isHere(target)) return [`${page}: links to ${link}, which is not there`]
  const isLost = anchor && target.endsWith('.md') && !anchorsOf(target).has(anchor)
  return isLost ? [`${page}: links to ${link}, but there is no such heading`] : []
}

function checkMention(page: string, mention: string): string[] {
  if (!/^(apps|packages|infra|docs|\.ci)\/[\w./-]+$/.test(mention)) return []
  return isHere(mention) ? [] : [`${page}: mentions ${mention}, which is not there`]
}

function checkPage(page: string): string[] {
  const prose = readText(page).replace(/^```[\s\S]*?^```/gm, '')
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
  const mentions = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
  return [
    ...links.flatMap((link) => checkLink(page, link)),
    ...mentions.flatMap((mention) => checkMention(page, mention)),
  ]
}

/** Every link and every path that the documentation names is there. */
export function checkDocs(): string[] {
  const missing = atTop.filter((page) => !isHere(page)).map((page) => `${page}: is missing`)
  const pages = [
    ...atTop.filter(isHere),
    ...['docs', 'apps', 'packages', 'infra'].flatMap((top) => listFiles(top, '.md')),
  ]
  return [...missing, ...pages.flatMap(checkPage)]
}
