import { MARK_STROKES } from './mark.tsx'
import styles from './placeholder-art.module.css'

const TINTS = [
  ['#dfe5fc', '#93a5f0'],
  ['#fbe8c8', '#efb055'],
  ['#dde9db', '#8fb78c'],
  ['#f7dfdb', '#dd988f'],
  ['#d5e9e8', '#74b4b4'],
  ['#eadff1', '#b492ca'],
  ['#efe5d4', '#c6a873'],
  ['#dde4eb', '#92a6ba'],
] as const
const COLUMNS = 8
const ROWS = 5
const CELL = 40

/** A small generator (mulberry32) that gives the same numbers for the same name on every device. */
function numbersFrom(name: string): () => number {
  let state = 0x811c9dc5
  for (const letter of name) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Dots and hands in two tints, made from a name: what a project without a picture shows. */
export function PlaceholderArt({ name }: { name: string }) {
  const next = numbersFrom(name)
  const [ground, figure] = TINTS[Math.floor(next() * TINTS.length)] ?? TINTS[0]
  const cells = Array.from({ length: COLUMNS * ROWS }, (_, index) => ({
    x: (index % COLUMNS) * CELL + CELL / 2,
    y: Math.floor(index / COLUMNS) * CELL + CELL / 2,
    kind: next(),
    size: 2.5 + next() * 7,
    turn: Math.round(next() * 8) * 15 - 60,
  }))
  return (
    <svg
      className={styles.art}
      viewBox={`0 0 ${COLUMNS * CELL} ${ROWS * CELL}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      <rect width="100%" height="100%" fill={ground} />
      {cells.map(({ x, y, kind, size, turn }) =>
        kind < 0.3 ? (
          <g
            key={`${x}-${y}`}
            transform={`translate(${x} ${y}) rotate(${turn}) translate(-16 -16)`}
          >
            {MARK_STROKES.map((stroke) => (
              <path key={stroke} d={stroke} stroke={figure} />
            ))}
          </g>
        ) : (
          <circle key={`${x}-${y}`} cx={x} cy={y} r={size} fill={figure} opacity={kind} />
        ),
      )}
    </svg>
  )
}
