/**
 * How often the threads of the tests meet. Usually as often as takes seconds, which over all locks together is some three
 * million times; `INTERLEAVE_STRESS=20` (`npm run test:stress`) makes it so many times more.
 */
const FACTOR = Number(process.env.INTERLEAVE_STRESS ?? 1)

export const stressed = (usual: number): number => Math.ceil(usual * FACTOR)
