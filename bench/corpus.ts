import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { builtinPacks } from '../packs/builtin.ts'
import { corpusBeside, readCorpus } from './corpus-models.ts'
import { recordOf } from './corpus-record.ts'
import { coverageText } from './coverage-text.ts'
import { evidenceRows, evidenceText, isEqual } from './evidence-table.ts'
import { countsOf, lintCorpus, lintText } from './lint.ts'
import { lockfilesBeside, lookAlikeText } from './look-alikes.ts'
import { isRight, modelRows, modelsText } from './models-table.ts'
import { noiseText } from './noise.ts'
import { referenceText } from './reference.ts'

/** Where the figures are kept that a test holds. */
export const RECORD = 'test/corpus/noise.json'
export const LINT_RECORD = 'test/corpus/lint.json'

const USAGE = `node setup/corpus.mjs coverage [--all]   threats that people wrote, and which of them a finding covers
node setup/corpus.mjs noise              findings of each model, now and later, beside what its authors kept
node setup/corpus.mjs reference          counts of the interaction patterns, against the reference table
node setup/corpus.mjs lint [--all]       what requirement lint says about the sentences of others, and how often it is wrong
node setup/corpus.mjs models [--all]     each model of others: what it holds, beside a second count, and what is lost; or why it is refused
node setup/corpus.mjs evidence           each file of evidence: what it holds, beside a second count, or why it is refused
node setup/corpus.mjs lookalikes [--all] how often a package of one project looks like one of another
node setup/corpus.mjs record             writes ${RECORD} and ${LINT_RECORD}, which the tests beside them hold
`

/** Runs one of the commands; answers its exit code. */
export function run(root: string, [command, ...options]: readonly string[]): number {
  const { rules, words } = builtinPacks
  if (command === 'reference') {
    const { text, isExact } = referenceText(rules)
    process.stdout.write(text)
    return isExact ? 0 : 1
  }
  if (command === 'evidence') return evidence(root)
  if (command === 'models') return models(root, options.includes('--all'))
  if (command === 'lookalikes') {
    const lockfiles = lockfilesBeside(root)
    process.stdout.write(
      lockfiles === undefined
        ? 'There are no lockfiles of others beside this folder.\n'
        : lookAlikeText(lockfiles, options.includes('--all')),
    )
    return 0
  }
  if (command === undefined || !['coverage', 'noise', 'lint', 'record'].includes(command)) {
    process.stderr.write(USAGE)
    return 2
  }
  const folder = corpusBeside(root)
  if (folder === undefined) return noModels()
  const corpus = readCorpus(folder)
  if (command === 'coverage') process.stdout.write(coverageText(corpus, rules, options.includes('--all')))
  if (command === 'noise') process.stdout.write(noiseText(corpus, rules))
  if (command === 'lint') process.stdout.write(lintText(lintCorpus(folder, corpus, words), options.includes('--all')))
  if (command === 'record') {
    writeFileSync(path.join(root, RECORD), `${JSON.stringify(recordOf(corpus, rules), null, 2)}\n`)
    writeFileSync(path.join(root, LINT_RECORD), `${JSON.stringify(countsOf(lintCorpus(folder, corpus, words)), null, 2)}\n`)
  }
  return 0
}

/** 1 when a reader falls over, counts otherwise than the second count does, or says nothing of a file that is broken on purpose. */
function models(root: string, isAll: boolean): number {
  const folder = corpusBeside(root)
  if (folder === undefined) return noModels()
  const rows = modelRows(folder)
  process.stdout.write(modelsText(rows, isAll))
  return rows.every(isRight) ? 0 : 1
}

function noModels(): number {
  process.stdout.write(
    'There is no corpus of models beside this folder (../shared/corpus/models), so there is nothing to measure.\n',
  )
  return 0
}

/** 1 when a reader falls over or counts otherwise than the second count does. */
function evidence(root: string): number {
  const folder = path.join(root, '../shared/corpus/evidence')
  if (!existsSync(folder)) {
    process.stdout.write(
      'There is no corpus of evidence beside this folder (../shared/corpus/evidence), so there is nothing to read.\n',
    )
    return 0
  }
  const rows = evidenceRows(folder)
  process.stdout.write(evidenceText(rows))
  return rows.some(row => row.crashed || !isEqual(row)) ? 1 : 0
}
