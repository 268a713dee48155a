import fc from 'fast-check'

// The daily share of random tests is the same everywhere, so that a failure is the change's own; the nightly run draws anew.
if (!process.env.SKEPTIC_NIGHTLY) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_122 })
