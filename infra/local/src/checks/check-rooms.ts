import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from '../places.ts'
import { listFiles, readText } from '../workspaces.ts'

/** A new room is a decision; it is added here in the same commit. */
const rooms = [
  'people',
  'themes',
  'questions',
  'channels',
  'notifications',
  'search',
  'moderation',
  'insights',
  'privacy',
]

type Floor = { folder: string; besideRooms: string[]; mayHold: RegExp[]; isNamedAfterExport: boolean }

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.ts$/

const floors: Floor[] = [
  {
    folder: 'packages/domain/src',
    besideRooms: [],
    mayHold: [kebab],
    isNamedAfterExport: false,
  },
  {
    folder: 'packages/db/src',
    besideRooms: ['house'],
    mayHold: [/^([a-z]+-)?tables\.ts$/],
    isNamedAfterExport: false,
  },
  {
    folder: 'packages/actions/src',
    besideRooms: [],
    mayHold: [kebab],
    isNamedAfterExport: true,
  },
  {
    folder: 'apps/api/src',
    besideRooms: ['plugins', 'pages'],
    mayHold: [/^(routes|view)\.ts$/, /^[a-z]+(-[a-z0-9]+)+\.ts$/, /\.test\.ts$/],
    isNamedAfterExport: false,
  },
  {
    folder: 'apps/worker/src',
    besideRooms: ['mail'],
    mayHold: [kebab],
    isNamedAfterExport: true,
  },
  {
    folder: 'apps/web/src',
    besideRooms: ['shell', 'ui', 'home', 'info'],
    mayHold: [/^[A-Z]\w+\.vue$/, /^use[A-Z]\w+(\.test)?\.ts$/, kebab, /^README\.md$/],
    isNamedAfterExport: false,
  },
]

const forbiddenNames = /^(utils?|helpers?|services?|managers?|common|misc|lib|types|index|constants)(\.ts|\.vue)?$/i
const linesMax = 250
const testLinesMax = 400

const camelCase = (kebabName: string) => kebabName.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** A file that exports one function is that function, and carries its name. */
function checkExport(path: string, name: string): string[] {
  if (/\.test\.ts$|^read(-|\.)/.test(name)) return []
  const exported = [...readText(path).matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)].map(
    ([, main]) => main,
  )
  const expected = camelCase(name.replace(/\.ts$/, ''))
  const isOther = exported.length === 1 && exported[0]?.toLowerCase() !== expected.toLowerCase()
  return isOther ? [`${path}: exports only ${exported[0]}, so it should carry that name`] : []
}

function checkRoom(floor: Floor, room: string): string[] {
  const folder = join(floor.folder, room)
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      return entry.name === 'locales' ? [] : [`${path}: a room has no folders but locales`]
    }
    if (!floor.mayHold.some((form) => form.test(entry.name)))
      return [`${path}: no such file stands in a room of ${floor.folder}`]
    return floor.isNamedAfterExport ? checkExport(path, entry.name) : []
  })
}

function checkFloor(floor: Floor): string[] {
  const folders = readdirSync(join(root, floor.folder), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return folders.flatMap(({ name }) => {
    if (rooms.includes(name)) return checkRoom(floor, name)
    return floor.besideRooms.includes(name) ? [] : [`${floor.folder}/${name}: is not a room (${rooms.join(', ')})`]
  })
}

function checkSize(path: string): string[] {
  const max = path.endsWith('.test.ts') || path.endsWith('.spec.ts') ? testLinesMax : linesMax
  const lines = readText(path).trimEnd().split('\n').length
  return lines > max ? [`${path}: ${lines} lines, at most ${max}; split it by meaning`] : []
}

function checkName(path: string): string[] {
  const bad = path.split('/').find((part) => forbiddenNames.test(part))
  return bad ? [`${path}: "${basename(bad)}" says nothing; name it after what it does`] : []
}

/** The same rooms on every floor, only known kinds of files in them, and no file too long to read. */
export function checkRooms(): string[] {
  const files = ['apps', 'packages', 'infra'].flatMap((top) => listFiles(top, '.ts', '.vue', '.mjs', '.cjs'))
  return [...floors.flatMap(checkFloor), ...files.flatMap(checkSize), ...files.flatMap(checkName)]
}
