import styles from './mark.module.css'

/** The product's mark: an eye that has not made up its mind. */
export function Mark() {
  return (
    <span className={styles.mark}>
      <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden>
        <path d="M11 1.6 19.4 5v6c0 4.7-3.4 8-8.4 9.6C6 19 2.6 15.7 2.6 11V5z" className={styles.shield} />
        <path
          d="M5.6 11.2c1.400-2.200 3.200-3.300 5.400-3.300s4 1.100 5.400 3.300c-1.400 2.100-3.200 3.100-5.400 3.100s-4-1-5.400-3.100z"
          className={styles.eye}
        />
        <circle cx="11" cy="11" r="1.9" className={styles.pupil} />
      </svg>
      <span className={styles.word}>Skeptic</span>
    </span>
  )
}
