import { FORMATS } from '../../core/interop/formats.ts'
import { answer, type Command } from '../frame.ts'
import { table } from '../table.ts'

export const formats: Command = {
  takes: [],
  options: {},
  async run() {
    const rows = FORMATS.map(({ name, read, write, versions }) => [
      name,
      read ? 'reads' : '',
      write ? 'writes' : '',
      versions.join(', '),
    ])
    return answer(FORMATS, table(['format', '', '', 'versions'], rows))
  },
}
