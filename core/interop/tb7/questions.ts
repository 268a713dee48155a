import type { Category } from '../../model/types.ts'
import type { Part } from './filter.ts'

/** What a reviewer asks to decide a threat of this category; templates state threats, and leave the question to the reader. */
export function questionFor(category: Category, subject: Part): string {
  return QUESTIONS[category][subject]
}

const QUESTIONS: { readonly [category in Category]: { readonly [part in Part]: string } } = {
  spoofing: {
    source: 'What proves to {target} that {flow} comes from {source} and nobody else, and what happens when that proof fails?',
    target: 'How does {source} know, each time, that {flow} reaches {target} and nobody else?',
    flow: 'How do {source} and {target} make sure of each other before they trust {flow}?',
  },
  tampering: {
    source: 'Who else could change {source}, or what it sends as {flow}, and what would notice?',
    target: 'What does {target} check in {flow} before it acts on it or keeps it, and what does it refuse?',
    flow: 'What keeps {flow} from being changed, repeated or put in by somebody else between {source} and {target}?',
  },
  repudiation: {
    source: 'If {source} denies having sent {flow}, which record proves it, and who could have changed that record?',
    target: 'If {target} denies having received or done something with {flow}, which record proves it, and who could change it?',
    flow: 'Which record shows that {flow} went from {source} to {target}, and who could change it?',
  },
  informationDisclosure: {
    source: 'What of {source} does {flow} show to those who may not see it, and who can read it there?',
    target: 'Who can read what {target} receives or keeps from {flow}, and who of them should not?',
    flow: 'Who can read {flow} on its way from {source} to {target}, and what would they learn?',
  },
  denialOfService: {
    source: 'What happens to {source} when {flow} gets no answer, or too much is asked of it?',
    target: 'How much of {flow} can {target} take, and what keeps the rest from stopping it?',
    flow: 'What do {source} and {target} do when {flow} is cut or flooded?',
  },
  elevationOfPrivilege: {
    source: 'What could somebody do through {source} that they may not do themselves, and what checks it for every request?',
    target: 'What may {source} do at {target} through {flow}, and what checks that right for every request?',
    flow: 'What rights does {flow} carry from {source} to {target}, and who could use them for something else?',
  },
}
