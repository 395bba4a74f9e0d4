/** A canvas sized in CSS pixels and drawn at the screen's own resolution. */
export function prepared(
  canvas: HTMLCanvasElement | null,
  width: number,
  height: number,
  dpr: number,
): CanvasRenderingContext2D | null {
  const context = canvas?.getContext('2d') ?? null
  if (canvas === null || context === null) return null
  const deviceWidth = Math.max(1, Math.round(width * dpr))
  const deviceHeight = Math.max(1, Math.round(height * dpr))
  // Setting the size clears the canvas and costs an allocation, so only when it differs.
  if (canvas.width !== deviceWidth) canvas.width = deviceWidth
  if (canvas.height !== deviceHeight) canvas.height = deviceHeight
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
  context.setTransform(dpr, 0, 0, dpr, 0, 0)
  return context
}
