import { shown } from '../../../core/evidence/show.ts'
import { NOTES_REF } from '../../../core/provenance/git-ai.ts'
import type { CommitLine } from '../../../core/provenance/record.ts'
import type { Problem } from '../../../core/support/result.ts'

export function promptProblems({ id, prompts }: CommitLine): readonly Problem[] {
  return prompts.flatMap(({ state, sentence }) => {
    if (state === 'current') return []
    return [
      {
        code: 'provenance.prompt',
        severity: 'warning' as const,
        at: id.slice(0, 9),
        message: `The Guarded-Prompt line of the commit does not name the text that counts. ${sentence}`,
        cure: 'Compare the line with: skeptic prompt W --trailers.',
      },
    ]
  })
}

export function tooMany(what: string, most: number): Problem {
  return {
    code: 'provenance.limit',
    severity: 'warning',
    message: `Only ${most} ${what}, are looked at; nothing is said of the rest.`,
    cure: 'Name a nearer base with --base.',
  }
}

export function noBlame(file: string): Problem {
  return {
    code: 'provenance.blame',
    severity: 'warning',
    at: shown(file),
    message: 'git cannot say which commits brought the lines of this file.',
    cure: 'In a shallow clone, fetch the history: git fetch --unshallow.',
  }
}

export function unread(id: string, why: string): Problem {
  return {
    code: 'provenance.message',
    severity: 'warning',
    at: id.slice(0, 9),
    message: `The commit ${why}.`,
    cure: 'Trailers of such a commit may be missed: see it with git show.',
  }
}

export function badNote(at: string, why: string): Problem {
  return {
    code: 'provenance.note',
    severity: 'warning',
    at,
    message: `The note ${why}.`,
    cure: 'Have git-ai write the note again, or remove it: git notes --ref=ai remove COMMIT.',
  }
}

export function notesRemark(lost: number): Problem {
  const where = lost === 1 ? 'One note is on a commit' : `${lost} notes are on commits`
  const elsewhere = lost === 0 ? '' : ` ${where} outside this history: on another branch, or rewritten since.`
  return {
    code: lost === 0 ? 'provenance.notesFragile' : 'provenance.notesLost',
    severity: lost === 0 ? 'info' : 'warning',
    at: NOTES_REF,
    message: `Notes do not come along when commits are squashed, rebased or amended, and are not pushed by themselves.${elsewhere}`,
    cure: 'Name the tool in the commit message too; set notes.rewriteRef, and push the notes: git push origin refs/notes/ai.',
  }
}

export function otherRevisions(count: number): Problem {
  return {
    code: 'provenance.traceRevision',
    severity: 'info',
    message: `${count === 1 ? 'One trace record names' : `${count} trace records name`} no commit of this change, so nothing is taken from ${count === 1 ? 'it' : 'them'}.`,
    cure: 'Records count by the lines of the revision they name; write them after the commit.',
  }
}

export function badTraceFile(at: string, message: string): Problem {
  return {
    code: 'provenance.traceFile',
    severity: 'warning',
    at,
    message,
    cure: 'Name a file of Agent Trace records in UTF-8, or leave it out.',
  }
}
