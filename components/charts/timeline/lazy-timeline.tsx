/** The timeline, loaded when it is needed: until then a box of its exact height stands in its place. */
'use client'

import dynamic from 'next/dynamic'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { TimelineProps } from './timeline.tsx'
import { TIMELINE_FRAMES, type TimelineHeight } from './timeline-frame.ts'

export function TimelineSkeleton({ height = 'regular' }: { height?: TimelineHeight }) {
  return (
    <div className={TIMELINE_FRAMES[height].fixed}>
      <Skeleton className="flex-1" />
    </div>
  )
}

const load = async () => (await import('./timeline.tsx')).Timeline

const Regular = dynamic(load, { ssr: false, loading: () => <TimelineSkeleton /> })
const Small = dynamic(load, { ssr: false, loading: () => <TimelineSkeleton height="small" /> })

/** `dynamic` gives its placeholder no props, so each height has its own. */
export function LazyTimeline(props: TimelineProps) {
  return props.height === 'small' ? <Small {...props} /> : <Regular {...props} />
}
