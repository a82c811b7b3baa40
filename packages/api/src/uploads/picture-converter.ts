import { Transform, type TransformCallback } from 'node:stream'
import sharp from 'sharp'
import { refusal } from './detect-type.ts'

/** Pictures that take more memory than this when they are unpacked are refused (4 bytes each). */
const MAX_INPUT_PIXELS = 50_000_000

/** A picture of at most `size` pixels each way, upright as its camera meant it, and without what the camera
 *  wrote about the place and the person: only pixels are kept. Sent whole, because nothing of it can be made
 *  before its end; fails with ValidationError. */
export class PictureConverter extends Transform {
  readonly #size: number
  readonly #fit: 'inside' | 'cover'
  readonly #chunks: Buffer[] = []

  constructor(size: number, fit: 'inside' | 'cover') {
    super()
    this.#size = size
    this.#fit = fit
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.#chunks.push(chunk)
    done()
  }

  override _flush(done: TransformCallback): void {
    sharp(Buffer.concat(this.#chunks), { limitInputPixels: MAX_INPUT_PIXELS })
      .rotate()
      .resize({
        width: this.#size,
        height: this.#size,
        fit: this.#fit,
        withoutEnlargement: this.#fit === 'inside',
      })
      .webp()
      .toBuffer()
      .then(
        (converted) => done(null, converted),
        () => done(refusal('This picture is broken, or has too many pixels')),
      )
  }
}
