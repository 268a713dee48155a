import { createElement, useMemo } from 'react'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import { type Block, parseMarkdown, spansOf } from './markdown-parse.ts'
import styles from './reports-view.module.css'

/** Markdown as elements of the page: no HTML is ever put together from text. */
export function Markdown({ text }: { readonly text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text])
  const top = Math.min(...blocks.map(block => (block.kind === 'heading' ? block.level : 6)))
  return (
    <div className={styles.page} lang={CONTENT_LANGUAGE}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no names; the text is read as a whole
        <BlockView key={index} block={block} top={top} />
      ))}
    </div>
  )
}

/** The page has its own first heading; whatever a report begins with comes one level below. */
function BlockView({ block, top }: { readonly block: Block; readonly top: number }) {
  switch (block.kind) {
    case 'heading':
      return createElement(
        `h${Math.min(6, block.level - top + 2)}`,
        { className: styles[`h${block.level}`] },
        <Spans text={block.text} />,
      )
    case 'paragraph':
      return (
        <p>
          <Spans text={block.text} />
        </p>
      )
    case 'list':
      return (
        <ul className={styles.bullets}>
          {block.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no names
            <li key={index}>
              <Spans text={item} />
            </li>
          ))}
        </ul>
      )
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard
        <section aria-label={block.language || 'Text'} className={styles.code} tabIndex={0}>
          <pre>{block.text}</pre>
        </section>
      )
    case 'table':
      return <TableView head={block.head} rows={block.rows} />
    case 'rule':
      return <hr className={styles.rule} />
  }
}

/** A cell that holds nothing but an id must not break at its hyphen. */
const ID = /^[A-Z]-[0-9A-Z]{5,8}$/

function TableView({ head, rows }: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard
    <section aria-label={t('Table: {{columns}}', { columns: head.join(', ') })} className={styles.scroll} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {head.map(cell => (
              <th key={cell} scope="col">
                <Spans text={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.join('|')}>
              {row.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is named by its column
                <td key={index} className={ID.test(cell) ? styles.id : undefined}>
                  <Spans text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const TAGS = { strong: 'strong', code: 'code', emphasis: 'em' } as const

function Spans({ text }: { readonly text: string }) {
  return spansOf(text).map((span, index) =>
    span.kind === 'text' ? span.text : createElement(TAGS[span.kind], { key: index }, span.text),
  )
}
