import type { Start } from '../../core/model/types.ts'
import delivery from './delivery-pipeline.json'
import desktop from './desktop-app.json'
import events from './event-pipeline.json'
import agent from './llm-agent.json'
import mobile from './mobile-app.json'
import tenants from './saas-tenants.json'
import web from './web-app.json'

/** Every starting design, in the order of the gallery. Loaded by those who show or use one, and by nothing at start. */
export const STARTS: readonly Start[] = [web, mobile, agent, events, desktop, tenants, delivery] as unknown as readonly Start[]
