import { activePacks } from '../../../core/threats/active.ts'
import { withTeamPacks } from '../../state/workbench.ts'
import { t } from '../../words/translate.ts'
import { ask, type Command, type Context, notNow, plan, session } from '../command.ts'

/** Holds the design against a rule pack, or no longer. Decisions on findings that go with it are kept. */
export const togglePack: Command<{ readonly pack: string; readonly isUsed: boolean }> = {
  id: 'pack.toggle',
  category: 'Scope',
  title: 'Use a rule pack',
  plan: (context, { pack, isUsed }) => {
    const used = new Set(namedPacks(context))
    if (isUsed) used.add(pack)
    else used.delete(pack)
    if (used.size === 0) return notNow(t('A design is held against at least one rule pack.'))
    const known = context.facts.packs.rules.find(one => one.id === pack)
    const title = known?.title ?? pack
    const rules = t('{{count}} rules', { count: known?.rules.length ?? 0 })
    return plan(
      {
        kind: 'write',
        label: isUsed ? t('use pack {{title}}', { title }) : t('do not use pack {{title}}', { title }),
        changes: [choice(context, used)],
      },
      {
        kind: 'say',
        text: isUsed
          ? t('{{title}}: {{rules}} asked.', { title, rules })
          : t('{{title}}: not asked any more. Decisions are kept.', { title }),
      },
    )
  },
}

/** Goes back to the packs every design starts with. */
export const chooseDefaultPacks: Command = {
  id: 'pack.default',
  category: 'Scope',
  title: 'Use the default rule packs',
  plan: context =>
    context.design.settings.design?.packs
      ? plan(
          { kind: 'write', label: t('use the default packs'), changes: [choice(context, new Set(defaultPacks(context)))] },
          { kind: 'say', text: t('The default rule packs are used.') },
        )
      : notNow(t('The default rule packs are used already.')),
}

/** Reads the team's own packs again, after somebody corrected one. */
export const readPacksAgain: Command = {
  id: 'pack.read',
  category: 'Scope',
  title: "Read the team's packs again",
  plan: ({ session: { shipped } }) =>
    plan(
      ask('packs.read', {}, ({ problems, ...team }) => [
        session({ packs: withTeamPacks(shipped, team), packProblems: problems }),
        {
          kind: 'say',
          text: t('{{count}} team packs read.', { count: team.rules.length + team.controls.length + team.words.length }),
        },
      ]),
    ),
}

/** The packs in use, those that nobody has among them. */
function namedPacks({ design, facts }: Context): readonly string[] {
  const named = design.settings.design?.packs
  return named ? Object.keys(named) : activePacks(design, facts.packs.rules).map(pack => pack.id)
}

function defaultPacks({ facts }: Context): readonly string[] {
  return activePacks({ settings: {} }, facts.packs.rules).map(pack => pack.id)
}

/** Key by key, so that two people who choose at once both have their way; the default choice is not stated at all. */
function choice(context: Context, used: ReadonlySet<string>) {
  const usual = defaultPacks(context)
  const isUsual = used.size === usual.length && usual.every(id => used.has(id))
  const stated = Object.keys(context.design.settings.design?.packs ?? {})
  const fields = Object.fromEntries([
    ...stated.filter(id => isUsual || !used.has(id)).map(id => [`packs/${id}`, undefined] as const),
    ...(isUsual ? [] : [...used].map(id => [`packs/${id}`, true] as const)),
  ])
  return { kind: 'patch', table: 'settings', id: 'design', fields } as const
}
