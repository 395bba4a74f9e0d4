/**
 * The pictures of drawn posters: ten compositions of plain shapes on a field of 200 × 200, each varied by random numbers, so
 * that two films of one genre don't look alike. They draw beyond the field; the poster cuts them off.
 */
import type { ReactNode } from 'react'
import type { PosterPalette } from './poster-palette.ts'

/** In [from, to). */
export type Draw = (from: number, to: number) => number
export type Composition = (colours: PosterPalette, draw: Draw) => ReactNode

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
const px = (value: number): number => Math.round(value * 10) / 10

const horizon: Composition = ({ low, high }, draw) => {
  const level = draw(105, 150)
  return (
    <>
      <circle cx={px(draw(50, 150))} cy={px(level - draw(5, 45))} r={px(draw(34, 58))} fill={high} />
      {range(5).map((row) => (
        <rect key={row} x="0" y={px(level + row * (9 + row * 3))} width="200" height={px(6 + row * 3.5)} fill={low} />
      ))}
    </>
  )
}

const arcs: Composition = ({ ground, low, high }, draw) => {
  const [x, y] = [draw(0, 1) < 0.5 ? 0 : 200, draw(0, 1) < 0.5 ? 0 : 200]
  const step = draw(24, 34)
  return range(7)
    .reverse()
    .map((ring) => <circle key={ring} cx={x} cy={y} r={px(step * (ring + 1))} fill={[low, ground, high][ring % 3]} />)
}

const threads: Composition = ({ low, high }, draw) => {
  const waves = range(7)
  const [height, length] = [draw(14, 30), draw(60, 110)]
  return waves.map((row) => {
    const y = 18 + row * 27
    const phase = draw(0, length)
    const bend = (x: number) =>
      `Q${px(x + length / 4)} ${px(y - height)} ${px(x + length / 2)} ${y}T${px(x + length)} ${y}`
    const start = -phase
    const path = range(Math.ceil(200 / length) + 2).map((wave) => bend(start + wave * length))
    return (
      <path
        key={y}
        d={`M${px(start)} ${y}${path.join('')}`}
        fill="none"
        stroke={row % 2 ? low : high}
        strokeWidth={px(draw(6, 15))}
      />
    )
  })
}

const circles: Composition = ({ low, high, ink }, draw) => {
  const [x, y, r] = [draw(70, 130), draw(80, 120), draw(48, 66)]
  const angle = draw(0, Math.PI * 2)
  const reach = r * draw(0.7, 1.1)
  const [x2, y2] = [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach]
  return (
    <>
      <circle cx={px(x)} cy={px(y)} r={px(r)} fill={low} />
      <circle cx={px(x2)} cy={px(y2)} r={px(r * draw(0.55, 0.9))} fill={high} fillOpacity="0.92" />
      <circle cx={px(x)} cy={px(y)} r={px(r * 1.28)} fill="none" stroke={ink} strokeOpacity="0.5" strokeWidth="1.2" />
    </>
  )
}

const dots: Composition = ({ low, high }, draw) => {
  const [fx, fy] = [draw(20, 180), draw(20, 180)]
  return range(100).map((index) => {
    const [x, y] = [10 + (index % 10) * 20, 10 + Math.floor(index / 10) * 20]
    const near = Math.max(0, 1 - Math.hypot(x - fx, y - fy) / 170)
    return <circle key={index} cx={x} cy={y} r={px(1.5 + near * 9)} fill={near > 0.62 ? high : low} />
  })
}

const beams: Composition = ({ low, high }, draw) => {
  const [x, y] = [draw(20, 180), draw(-20, 30)]
  const turn = draw(0, 20)
  return (
    <>
      {range(12).map((beam) => {
        const [from, to] = [turn + beam * 30, turn + beam * 30 + 14].map((degrees) => (degrees * Math.PI) / 180)
        const at = (angle = 0) => `${px(x + Math.cos(angle) * 320)} ${px(y + Math.sin(angle) * 320)}`
        return <path key={beam} d={`M${px(x)} ${px(y)}L${at(from)}L${at(to)}Z`} fill={low} />
      })}
      <circle cx={px(x)} cy={px(y)} r={px(draw(28, 44))} fill={high} />
    </>
  )
}

const peaks: Composition = ({ ground, low, high }, draw) => {
  const ridge = (base: number, tall: number): string =>
    `M-20 200${range(5)
      .map(
        (peak) => `L${px(peak * 55 - 20)} ${px(base)}L${px(peak * 55 + draw(2, 16))} ${px(base - tall * draw(0.5, 1))}`,
      )
      .join('')}L240 ${px(base)}L240 200Z`
  return (
    <>
      <circle cx={px(draw(40, 160))} cy={px(draw(36, 66))} r={px(draw(18, 30))} fill={high} />
      <path d={ridge(130, 80)} fill={low} />
      <path d={ridge(165, 60)} fill={high} fillOpacity="0.55" />
      <path d={ridge(198, 50)} fill={ground} />
    </>
  )
}

const lanes: Composition = ({ low, high }, draw) =>
  range(8).flatMap((lane) => {
    const y = 6 + lane * 24
    let x = draw(-40, 20)
    const bars: ReactNode[] = []
    while (x < 200) {
      const width = draw(18, 76)
      bars.push(
        <rect
          key={`${lane} ${x}`}
          x={px(x)}
          y={y}
          width={px(width)}
          height="16"
          fill={draw(0, 1) < 0.3 ? high : low}
        />,
      )
      x += width + draw(5, 24)
    }
    return bars
  })

const squares: Composition = ({ ground, low, high }, draw) => {
  const turn = draw(6, 14) * (draw(0, 1) < 0.5 ? -1 : 1)
  return range(8).map((depth) => {
    const side = 210 * 0.8 ** depth
    return (
      <rect
        key={depth}
        x={px(100 - side / 2)}
        y={px(100 - side / 2)}
        width={px(side)}
        height={px(side)}
        fill={depth === 7 ? high : depth % 2 ? ground : low}
        transform={`rotate(${px(turn * depth)} 100 100)`}
      />
    )
  })
}

const window: Composition = ({ low, high, ink }, draw) => {
  const [x, wide, tall] = [draw(30, 100), draw(54, 84), draw(110, 150)]
  const lean = draw(30, 90) * (x > 65 ? -1 : 1)
  const foot = 20 + tall
  return (
    <>
      <path d={`M${px(x)} ${px(foot)}h${px(wide)}l${px(lean)} 90h${px(-wide - 40)}Z`} fill={low} />
      <rect x={px(x)} y="20" width={px(wide)} height={px(tall)} fill={high} />
      <circle cx={px(x + wide * 0.5)} cy={px(foot - 42)} r="9" fill={ink} />
      <path d={`M${px(x + wide * 0.5 - 11)} ${px(foot)}v-18a11 11 0 0 1 22 0v18Z`} fill={ink} />
    </>
  )
}

export const COMPOSITIONS: readonly Composition[] = [
  horizon,
  arcs,
  threads,
  circles,
  dots,
  beams,
  peaks,
  lanes,
  squares,
  window,
]
