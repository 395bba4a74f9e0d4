/** The place of something that is loading, of the same size as what will come. */
import { classes } from './classes.ts'

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={classes('skeleton', className)} />
}
