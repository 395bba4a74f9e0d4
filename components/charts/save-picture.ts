/** Saves a drawn SVG as a PNG, with the colours and letters it has on the page now, on the page's surface, under its title. */
import { download } from './download.ts'

/** What a style sheet gives an SVG element, which a picture on its own would not have. */
const INLINED = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
] as const

const SCALE = 2
const TITLE_HEIGHT = 44
const PADDING = 16

export const savePicture = async (svg: SVGSVGElement, title: string, fileName: string): Promise<void> => {
  const { width, height } = svg.getBoundingClientRect()
  const copy = svg.cloneNode(true) as SVGSVGElement
  const originals = svg.querySelectorAll('*')
  copy.querySelectorAll<SVGElement>('*').forEach((element, index) => {
    const original = originals[index]
    if (!original) return
    const style = getComputedStyle(original)
    for (const property of INLINED) element.style.setProperty(property, style.getPropertyValue(property))
  })
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))

  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
  await image.decode()

  const canvas = document.createElement('canvas')
  canvas.width = (width + 2 * PADDING) * SCALE
  canvas.height = (height + TITLE_HEIGHT + 2 * PADDING) * SCALE
  const context = canvas.getContext('2d')
  if (!context) return
  const page = getComputedStyle(document.documentElement)
  context.scale(SCALE, SCALE)
  context.fillStyle = page.getPropertyValue('--surface-raised')
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = page.getPropertyValue('--ink')
  context.font = `600 18px ${page.fontFamily}`
  context.fillText(title, PADDING, PADDING + 20, width)
  context.drawImage(image, PADDING, PADDING + TITLE_HEIGHT, width, height)

  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) return
  download(blob, `${fileName}.png`)
}
