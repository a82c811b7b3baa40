import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { Routes } from '../http/routes.ts'
import type { ApiDescription } from './api-description.ts'

/** The API description and its page. */
export function descriptionRoutes(description: ApiDescription): Routes {
  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  return new Routes('description')
    .about('This description, for programs and for people.')
    .get(
      '/api/openapi.json',
      {
        operationId: 'getApiDescription',
        summary: 'The OpenAPI 3.1 document of this API',
        access: 'public',
        answer: z.record(z.string(), z.unknown()),
        answers: { 304: { description: 'It is what `If-None-Match` names.' } },
        headers: z.object({
          'if-none-match': z.string().optional().describe('The `ETag` of an earlier answer.'),
        }),
      },
      (c) => {
        const { text, etag } = description
        c.header('ETag', etag)
        c.header('Cache-Control', 'public, max-age=300')
        if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304)
        return c.body(text, 200, { 'Content-Type': 'application/json' })
      },
    )
    .get(
      '/api/docs',
      {
        operationId: 'getDocumentationPage',
        summary: 'The same to read and to try out',
        access: 'public',
        answer: 'text/html',
      },
      (c) => {
        c.header(
          'Content-Security-Policy',
          "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
        )
        return c.html(PAGE)
      },
    )
    .get(
      '/api/docs/start.js',
      {
        operationId: 'getDocumentationScript',
        summary: 'Starts the page',
        access: 'public',
        answer: 'text/javascript',
      },
      (c) => c.body(START, 200, { 'Content-Type': 'text/javascript' }),
    )
    .get(
      '/api/docs/:file{(swagger-ui\\.css|swagger-ui-bundle\\.js)}',
      {
        operationId: 'getDocumentationFile',
        summary: 'What the page is made of',
        access: 'public',
        answer: { 'text/css': undefined, 'text/javascript': undefined },
      },
      (c) => {
        const file = c.req.param('file') ?? ''
        c.header('Content-Type', file.endsWith('.css') ? 'text/css' : 'text/javascript')
        c.header('Cache-Control', 'public, max-age=86400')
        return c.body(readFileSync(join(assets, file)))
      },
    )
}

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Manyhands API</title><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="description"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body>
</html>`

const START = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#description',
  deepLinking: true,
  filter: true,
  docExpansion: 'none',
  displayOperationId: true,
  persistAuthorization: true,
  tryItOutEnabled: true,
})`
