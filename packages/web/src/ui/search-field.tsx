import { useEffect, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import styles from './search-field.module.css'

const TYPING_PAUSE_MS = 300

interface SearchFieldProps {
  value: string
  label: string
  onChange(value: string): void
}

/** Searches while one types, after a short pause. */
export function SearchField({ value, label, onChange }: SearchFieldProps) {
  const [text, setText] = useState(value)
  // The address changed by itself: back, or a link.
  useEffect(() => setText((typed) => (typed.trim() === value ? typed : value)), [value])
  useEffect(() => {
    const wanted = text.trim()
    if (wanted === value) return
    const timer = setTimeout(() => onChange(wanted), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  })
  return (
    <label className={styles.field}>
      <Icon name="search" />
      <span className="visually-hidden">{label}</span>
      <input
        type="search"
        maxLength={100}
        value={text}
        placeholder={label}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
    </label>
  )
}
