import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi'
import { Hono } from 'hono'
import type { Env } from './env.ts'
import type { Routes } from './routes.ts'

const VERSION = '0.1.0'

/** The API description, generated from the contracts that the endpoints parse with, and its page. */
export function openApiRoutes(concepts: Routes[]) {
  const registry = new OpenAPIRegistry()
  registry.registerComponent('securitySchemes', 'apiKey', {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
  })
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'mh_session',
  })
  for (const concept of concepts) concept.describe(registry)
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Manyhands',
      version: VERSION,
      description:
        'Tasks, task runs and results of a crowdsourcing platform. Compatible with PYBOSSA clients.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{}, { apiKey: [] }, { session: [] }],
  })
  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  return new Hono<Env>()
    .get('/api/openapi.json', (c) => c.json(document))
    .get('/api/docs', (c) => {
      c.header(
        'Content-Security-Policy',
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
      )
      return c.html(PAGE)
    })
    .get('/api/docs/start.js', (c) => c.body(START, 200, { 'Content-Type': 'text/javascript' }))
    .get('/api/docs/:file{(swagger-ui\\.css|swagger-ui-bundle\\.js)}', (c) => {
      const file = c.req.param('file')
      c.header('Content-Type', file.endsWith('.css') ? 'text/css' : 'text/javascript')
      c.header('Cache-Control', 'public, max-age=86400')
      return c.body(readFileSync(join(assets, file)))
    })
}

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Manyhands API</title><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="description"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body>
</html>`

const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#description', deepLinking: true })`
