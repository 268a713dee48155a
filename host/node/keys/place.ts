import { homedir } from 'node:os'
import path from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** The folder of this person's private keys: in their configuration, never in a design. */
export function keysPlace(env: Environment = process.env, platform: NodeJS.Platform = process.platform): string {
  return path.join(configFolder(env, platform), 'skeptic', 'keys')
}

export function configFolder(env: Environment, platform: NodeJS.Platform): string {
  const named = env.XDG_CONFIG_HOME
  // The specification says that a relative path is to be ignored.
  if (named !== undefined && path.isAbsolute(named)) return named
  const home = env.HOME !== undefined && env.HOME !== '' ? env.HOME : homedir()
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support')
  if (platform === 'win32') return env.APPDATA ?? path.join(home, 'AppData', 'Roaming')
  return path.join(home, '.config')
}
