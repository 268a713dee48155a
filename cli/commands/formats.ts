import { FORMATS as EVIDENCE } from '../../core/evidence/formats.ts'
import { FORMATS } from '../../core/interop/formats.ts'
import { answer, type Command } from '../frame.ts'
import { table } from '../table.ts'

export const formats: Command = {
  takes: [],
  options: { evidence: { help: 'The formats of evidence that are read, told by content.' } },
  async run({ options }) {
    if (options.on('evidence')) return evidenceFormats()
    const rows = FORMATS.map(({ name, read, write, versions }) => [
      name,
      read ? 'reads' : '',
      write ? 'writes' : '',
      versions.join(', '),
    ])
    return answer(FORMATS, table(['format', '', '', 'versions'], rows))
  },
}

function evidenceFormats() {
  const rows = EVIDENCE.map(({ format, title }) => ({ format, title }))
  return answer(
    rows,
    table(
      ['format', 'what it is'],
      rows.map(({ format, title }) => [format, title]),
    ),
  )
}
