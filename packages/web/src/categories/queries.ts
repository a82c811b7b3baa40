import { Category } from '@manyhands/shared/categories/contract'
import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '../api/api.ts'

const Categories = z.array(Category)

export const categoryQueries = {
  list: () =>
    queryOptions({
      queryKey: ['categories'],
      queryFn: ({ signal }) => api.get('/category', Categories, { signal }),
      staleTime: 5 * 60_000,
    }),
}
