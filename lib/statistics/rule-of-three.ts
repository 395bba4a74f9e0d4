/**
 * What "not observed in n trials" allows to be said: the probability is below 3/n with 95% confidence, and no more than that.
 * J. A. Hanley and A. Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 249 (1983).
 */

/** The upper end of the 95% interval of a probability, after `trials` independent trials without a case; 1 after none. */
export const ruleOfThree = (trials: number): number => (trials > 0 ? Math.min(1, 3 / trials) : 1)
