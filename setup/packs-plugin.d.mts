import type { Plugin } from 'vite'

export function withoutFixtures(): Plugin
export function dropFixtures(key: string, value: unknown): unknown
