import { PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Register } from '@manyhands/shared/users/contract'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors, validateWith } from '../ui/form-errors.ts'
import { Mark } from '../ui/mark.tsx'
import { Page } from '../ui/page.tsx'
import { slugify } from '../ui/slugify.ts'
import styles from './account-form.module.css'
import { useRegister } from './account-queries.ts'
import { safeNext } from './safe-next.ts'

export function RegisterPage() {
  const { next } = useSearch({ strict: false })
  const navigate = useNavigate()
  const register = useRegister()
  // The user name follows the full name until somebody types one.
  const ownName = useRef(false)
  const form = useForm({
    initialValues: { fullname: '', name: '', email_addr: '', password: '' },
    validate: validateWith(Register),
  })
  const submit = form.onSubmit((values) =>
    register.mutate(values, {
      onSuccess: ({ user }) => {
        if (user) void navigate({ href: safeNext(next), replace: true })
      },
      onError: (error) => form.setErrors(readServerErrors(error).fields),
    }),
  )
  if (register.data?.confirmation_sent) {
    return (
      <Page title="Look into your mail" width="narrow">
        <p className={styles.done}>
          We have sent a link to {register.variables.email_addr}. Follow it, and sign in.
        </p>
      </Page>
    )
  }
  const fullname = form.getInputProps('fullname')
  const name = form.getInputProps('name')
  return (
    <Page
      title="Make an account"
      width="narrow"
      heading={
        <div className={styles.head}>
          <Mark size={48} lit={5} drawn />
          <h1>Make an account</h1>
          <p className={styles.lead}>What you have answered in this browser stays yours.</p>
        </div>
      }
    >
      <form className={styles.card} onSubmit={submit} noValidate>
        <TextInput
          label="Your name"
          autoComplete="name"
          {...fullname}
          onChange={(event) => {
            fullname.onChange(event)
            if (!ownName.current) form.setFieldValue('name', slugify(event.currentTarget.value, 35))
          }}
        />
        <TextInput
          label="User name"
          description="Others see it beside your projects."
          autoComplete="username"
          autoCapitalize="off"
          spellCheck={false}
          {...name}
          onChange={(event) => {
            name.onChange(event)
            ownName.current = event.currentTarget.value !== ''
          }}
        />
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="email"
          {...form.getInputProps('email_addr')}
        />
        <PasswordInput
          label="Password"
          description="8 characters or more. A sentence is easier to keep than a riddle."
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <FormAlert>{readServerErrors(register.error).general}</FormAlert>
        <Button kind="main" size="large" type="submit" wide busy={register.isPending}>
          Make the account
        </Button>
      </form>
      <p className={styles.other}>
        Have one already?{' '}
        <Link to="/account/signin" search={{ next }}>
          Sign in
        </Link>
      </p>
    </Page>
  )
}
