import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { skeptic } from '../support/cli.ts'
import { root } from '../support/served-workbench.ts'

test("the README's walk runs as it stands there", () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-readme-'))
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8')
  const block =
    readme
      .split('```sh\n')
      .find(part => part.startsWith('npx skeptic init'))
      ?.split('```')[0] ?? ''
  const lines = block
    .trim()
    .split('\n')
    .map(line =>
      line
        .replace(/\s+#.*$/, '')
        .replace('npx skeptic ', '')
        .replaceAll('/tmp/bank', path.join(dir, 'bank')),
    )
  expect(lines.length).toBeGreaterThanOrEqual(10)
  const codes = lines.map(line => [line.split(' ')[0], skeptic(line.split(' ')).code])
  expect(codes).toEqual(lines.map(line => [line.split(' ')[0], line.startsWith('verify') ? 1 : 0]))
  expect(readFileSync(path.join(dir, 'bank/report.md'), 'utf8')).toContain('# Threat model: Bank transfers')
  rmSync(dir, { recursive: true, force: true })
})
