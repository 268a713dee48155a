import path from 'node:path'
import { expect, test } from 'vitest'
import { bindReports } from '../../../host/node/evidence/bind.ts'
import { folderTree } from '../../../host/node/evidence/code-tree.ts'
import { loadEvidence } from '../../../host/node/evidence/load.ts'
import { writeSelfReportedSidecar } from '../../../host/node/evidence/write-sidecar.ts'
import { temporaryFolder, write } from './repository.ts'

test('a report says which file was set back while it was made', async () => {
  const folder = temporaryFolder()
  const report = path.join(folder, 'r.xml')
  write(folder, { 'r.xml': '<testsuite><testcase name="a"/></testsuite>', 's.xml': '<testsuite/>' })
  const at = '2026-11-22T10:00:00Z'
  const made = { slot: 'unit', argv: ['npm', 'test'], exitCode: 1, startedAt: at, endedAt: at, codeRoot: folder }
  const sidecar = await writeSelfReportedSidecar({ ...made, report })
  write(folder, { 'r.xml.skeptic.json': JSON.stringify({ ...(sidecar.ok ? sidecar.value : {}), without: 'src/a.ts' }) })
  const { reports } = await loadEvidence(folder)
  const items = await bindReports(reports, { tree: await folderTree(folder), relevant: [], judged: { uncommitted: [] } })
  expect(items.map(({ file, without, exitCode }) => [file, without, exitCode])).toEqual([
    ['r.xml', 'src/a.ts', 1],
    ['s.xml', undefined, undefined],
  ])
})
