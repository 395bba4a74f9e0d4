/** Why an optional server, which some choices of an experiment need, may not be there. */
import { z } from 'zod'
import { SERVICES, type Service } from './service-settings.ts'

export const serviceSchema = z.enum(SERVICES)

/** 'not-configured': its setting is absent. 'unreachable': nobody listens there. */
export const absenceSchema = z.enum(['not-configured', 'unreachable'])
export type Absence = z.infer<typeof absenceSchema>

/** A service that isn't named is there. */
export type AbsentServices = Partial<Record<Service, Absence>>
