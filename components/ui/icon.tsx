/**
 * The icons: drawn on a 20 × 20 grid with one stroke of 1.5, taking the colour and size of the text around them.
 * Decorative unless given a label.
 */
const PATHS = {
  search: 'M9 15.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm4.7-1.8 4 4',
  close: 'm5 5 10 10M15 5 5 15',
  check: 'm4 10.5 4 4 8-9',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  play: 'M6 3.8v12.4L16 10 6 3.8Z',
  stop: 'M5 5h10v10H5z',
  repeat: 'M4 10a6 6 0 0 1 10.4-4.1L16.5 8M16.5 4v4h-4M16 10a6 6 0 0 1-10.4 4.1L3.5 12M3.5 16v-4h4',
  'chevron-down': 'm5 7.5 5 5 5-5',
  'chevron-right': 'm7.5 5 5 5-5 5',
  'chevron-left': 'm12.5 5-5 5 5 5',
  'arrow-right': 'M3.5 10h13m-5-5 5 5-5 5',
  'arrow-left': 'M16.5 10h-13m5-5-5 5 5 5',
  'arrow-up-right': 'M6 14 14 6M7 6h7v7',
  sun: 'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM10 1.8v1.7m0 13v1.7M1.8 10h1.7m13 0h1.7M4.2 4.2l1.2 1.2m9.2 9.2 1.2 1.2m0-11.6-1.2 1.2m-9.2 9.2-1.2 1.2',
  moon: 'M16.8 12.2A7.2 7.2 0 0 1 7.8 3.2a7.2 7.2 0 1 0 9 9Z',
  system: 'M2.5 3.5h15v10h-15zM7 17h6m-3-3.5V17',
  wall: 'M2 3.5h16M3.5 3.5V13h13V3.5M10 13v2m0 0-3 2.8M10 15l3 2.8',
  info: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15Zm0-8.5v4.5M10 6.4v.2',
  warning: 'M10 3 1.8 17h16.4L10 3Zm0 5.5v4m0 2.2v.2',
  error: 'M6.9 2.5h6.2l4.4 4.4v6.2l-4.4 4.4H6.9l-4.4-4.4V6.9l4.4-4.4ZM10 6.2v5m0 2.4v.2',
  download: 'M10 3v10m-4.5-4.5L10 13l4.5-4.5M3.5 17h13',
  copy: 'M7 7h10v10H7zM13 7V3H3v10h4',
  link: 'M8.5 11.5a3.2 3.2 0 0 0 4.5 0l3-3A3.2 3.2 0 1 0 11.5 4l-1 1m1 3.5a3.2 3.2 0 0 0-4.5 0l-3 3A3.2 3.2 0 1 0 8.5 16l1-1',
  trash: 'M3.5 5.5h13M8 5.5v-2h4v2m-7 0 .8 11.5h8.4L15 5.5M8.5 9v5m3-5v5',
  undo: 'M4 8h8a4.5 4.5 0 1 1 0 9H8M4 8l3.5-3.5M4 8l3.5 3.5',
  filter: 'M3 5h14M6 10h8M8.5 15h3',
  clock: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 6v4.3l2.8 1.7',
  film: 'M2.5 4h15v12h-15zM6 4v12M14 4v12M2.5 8H6m-3.5 4H6m8-4h3.5M14 12h3.5',
  flask: 'M7.5 2.5h5M8.5 2.5v5.3L3.9 15.5a1.3 1.3 0 0 0 1.1 2h10a1.3 1.3 0 0 0 1.1-2l-4.6-7.7V2.5M6 13h8',
  list: 'M7 5h10M7 10h10M7 15h10M3.2 5h.2m-.2 5h.2m-.2 5h.2',
  globe: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM2.5 10h15M10 2.5c-4 4-4 11 0 15 4-4 4-11 0-15Z',
  offline:
    'm3 3 14 14M2 8a11 11 0 0 1 3.5-2.3M18 8a11.3 11.3 0 0 0-8.5-3.2M5 11.3a7 7 0 0 1 3-1.7m7 1.7a7 7 0 0 0-1.7-1.1M7.8 14.3a3.2 3.2 0 0 1 4 0M10 17v.2',
  zoom: 'M9 15.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm4.7-1.8 4 4M9 6.2v5.6M6.2 9h5.6',
  expand: 'M12 3h5v5M8 17H3v-5M17 3l-5.5 5.5M3 17l5.5-5.5',
  chart: 'M3 3v14h14M6.5 7H14M6.5 10.5h4M6.5 14h6',
  table: 'M3 4h14v12H3zM3 8h14M3 12h14M8 8v8',
  save: 'M3 4h14v12H3zM3 13l4.5-4.5 4 4L13.5 10 17 13.5M13 7.3v.2',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name, label, size = '1.25em' }: { name: IconName; label?: string; size?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="shrink-0"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
