type Props = { readonly id: string; readonly words: readonly string[] }

/** What a field offers while one types; it names this list by its id. */
export function WordsList({ id, words }: Props) {
  return (
    <datalist id={id}>
      {words.map(word => (
        <option key={word} value={word} />
      ))}
    </datalist>
  )
}
