/** Ids of runs: 12 letters and digits without the ones that look alike, 60 bits, easy to read out and safe in any URL. */
import { randomBytes } from 'node:crypto'

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz023456789'

export const newRunId = (): string => Array.from(randomBytes(12), (byte) => ALPHABET[byte & 31]).join('')

export const isRunId = (id: string): boolean => /^[a-hjkmnp-z02-9]{12}$/.test(id)
