import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { categoryQueries } from '../categories/queries.ts'
import { slugify } from '../ui/slugify.ts'

export interface ProjectFieldValues {
  name: string
  short_name: string
  description: string
  /** The id as the select gives it; empty takes the server's first category. */
  category_id: string
}

/** Name, address, pitch and topic. The address follows the name until somebody writes one. */
export function ProjectFields({ form }: { form: UseFormReturnType<ProjectFieldValues> }) {
  const { data: categories = [] } = useQuery(categoryQueries.list())
  const ownAddress = useRef(false)
  const name = form.getInputProps('name')
  const address = form.getInputProps('short_name')
  return (
    <>
      <TextInput
        label="Name"
        placeholder="Birds of the estuary"
        maxLength={255}
        {...name}
        onChange={(event) => {
          name.onChange(event)
          if (!ownAddress.current) {
            form.setFieldValue('short_name', slugify(event.currentTarget.value))
          }
        }}
      />
      <TextInput
        label="Address"
        description={`${location.host}/project/${form.values.short_name || '…'}`}
        spellCheck={false}
        autoCapitalize="off"
        maxLength={255}
        {...address}
        onChange={(event) => {
          address.onChange(event)
          ownAddress.current = event.currentTarget.value !== ''
        }}
      />
      <Textarea
        label="In one line, why should somebody help?"
        placeholder="Count the birds in our pictures, so that we know who still comes here."
        maxLength={255}
        {...form.getInputProps('description')}
      />
      <NativeSelect
        label="Topic"
        data={[
          { value: '', label: 'No particular topic' },
          ...categories.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        {...form.getInputProps('category_id')}
      />
    </>
  )
}
