import { defineConfig } from '@hey-api/openapi-ts';

export default defineConfig({
  input: '../../openapi.yaml',
  // Imports that Node.js and browsers follow as they are, without a bundler.
  output: { path: 'src/generated', module: { extension: '.js' } },
  plugins: [
    { name: '@hey-api/client-fetch', throwOnError: true, baseUrl: false },
    '@hey-api/typescript',
    { name: '@hey-api/sdk', responseStyle: 'data', operations: { strategy: 'single', containerName: 'Api' } },
  ],
});
