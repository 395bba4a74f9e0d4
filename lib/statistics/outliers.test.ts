import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classifyOutliers, countOutliers } from './outliers.ts'

test('of the 90 values in the NIST/SEMATECH handbook (7.1.6), 1441 is a mild outlier and nothing else is one', () => {
  const values =
    `30 171 184 201 212 250 265 270 272 289 305 306 322 322 336 346 351 370 390 404 409 411 436 437 439 441 444
    448 451 453 470 480 482 487 494 495 499 503 514 521 522 527 548 550 559 560 570 572 574 578 585 592 592 607 616 618 621
    629 637 638 640 656 668 707 709 719 737 739 752 758 766 792 792 794 802 818 830 832 843 858 860 869 918 925 953 991
    1000 1005 1068 1441`
      .trim()
      .split(/\s+/)
      .map(Number)
  assert.equal(values.length, 90)
  assert.deepEqual(countOutliers(values), { mild: 1, severe: 0 })
  assert.equal(classifyOutliers(values)[values.indexOf(1441)], 'mild')
})

test('beyond three distances of the quartiles it is severe, on either side, in the order of the samples', () => {
  // Quartiles 2 and 4.
  assert.deepEqual(classifyOutliers([100, 1, 2, 3, 4, 5, -100, 3]), [
    'severe',
    'none',
    'none',
    'none',
    'none',
    'none',
    'severe',
    'none',
  ])
})

test('equal samples and no samples have no outliers', () => {
  assert.deepEqual(countOutliers([3, 3, 3]), { mild: 0, severe: 0 })
  assert.deepEqual(countOutliers([]), { mild: 0, severe: 0 })
})
