import type { ButtonHTMLAttributes, ReactNode } from 'react'
import styles from './button.module.css'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

interface Look {
  kind?: 'main' | 'plain' | 'quiet' | 'danger' | undefined
  size?: 'medium' | 'large' | undefined
  wide?: boolean | undefined
}

/** The classes of a button, for links that look like one. */
export function buttonClass({ kind = 'plain', size = 'medium', wide = false }: Look = {}): string {
  return classNames(
    styles.button,
    styles[kind],
    size === 'large' && styles.large,
    wide && styles.wide,
  )
}

interface ButtonProps extends Look, ButtonHTMLAttributes<HTMLButtonElement> {
  /** Shows that it is working and cannot be pressed twice; the label stays readable. */
  busy?: boolean
  icon?: IconName
  children: ReactNode
}

export function Button({ kind, size, wide, busy = false, icon, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(buttonClass({ kind, size, wide }), rest.className)}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
    >
      {busy ? <span className={styles.spinner} aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: IconName
  /** What it does, for people who cannot see the icon; also its tooltip. */
  label: string
}

export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      className={classNames(styles.icon, rest.className)}
      aria-label={label}
    >
      <Icon name={icon} size={22} />
    </button>
  )
}
