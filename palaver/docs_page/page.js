// The contract in Swagger UI, with what is ours: who calls, streams to try, and marks that assistive software needs.

import { keepMended } from './mend.js';
import { asCaller, startSession } from './session.js';
import './stream.js';

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

startSession();
const contract = await (await fetch('/openapi.json')).json();

/** Examples of optional parameters go into their description: filled in, they would be sent with every request. */
function describeExamples() {
  const paths = Object.values(contract.paths);
  const operations = paths.flatMap((path) => [path, ...METHODS.map((method) => path[method])]).filter(Boolean);
  const parameters = [...operations.flatMap(({ parameters = [] }) => parameters),
    ...Object.values(contract.components.parameters ?? {})];
  for (const parameter of parameters) {
    if (parameter.required || parameter.example === undefined) continue;
    parameter.description = `${parameter.description ?? ''}\n\nExample: \`${parameter.example}\``;
    delete parameter.example;
  }
}

/** What is filled in: { path: {chat: …}, query: {…}, header: {…} }. */
function filledIn(system, path, method) {
  const found = { path: {}, query: {}, header: {} };
  const values = system.specSelectors.parameterValues([path, method]).toJS();
  for (const [key, value] of Object.entries(values)) {
    const [, place, name] = /^(\w+)\.(.+)$/.exec(key) ?? [];
    if (place in found) found[place][name] = value;
  }
  return found;
}

const matches = (phrase) => (operation) => {
  const { operationId = '', summary = '' } = operation.get('operation').toObject();
  return `${operationId} ${summary} ${operation.get('path')}`.toLowerCase().includes(phrase.toLowerCase());
};

/** Whether somebody searches: the state is `true` where nothing has been entered yet. */
const isSearched = (filter) => typeof filter === 'string' && filter !== '' && filter !== 'true';

function ours() {
  const nothing = () => () => null;
  return {
    fn: {
      // By name, summary and path; Swagger UI's own looks at tags alone.
      opsFilter: (tags, phrase) =>
        tags
          .map((tag) => tag.update('operations', (operations) => operations.filter(matches(phrase))))
          .filter((tag) => tag.get('operations').size > 0),
    },
    statePlugins: {
      // What was searched for is shown, not only the section that it is in. (The original takes no state.)
      layout: {
        wrapSelectors: {
          isShown: (original) => (state, thing, otherwise) =>
            (thing[0] === 'operations-tag' && isSearched(state.get('filter'))) || original(thing, otherwise),
        },
      },
      // The document is read already, and as JSON much faster than by the reader of YAML.
      spec: { wrapActions: { parseToJson: (_, system) => () => system.specActions.updateJsonSpec(contract) } },
    },
    wrapComponents: {
      ServersContainer: nothing,
      SchemesContainer: nothing,
      AuthorizeBtnContainer: nothing,
      authorizeOperationBtn: nothing,
      // In the heading of an operation, which is a button, no other control may be.
      OperationSummaryPath: (_, { React }) => ({ operationProps }) =>
        React.createElement('span', { className: 'opblock-summary-path' }, ...broken(React, operationProps.get('path'))),
      execute: (Original, system) => (props) => {
        const operation = contract.paths[props.path][props.method];
        if (!operation['x-websocket']) return system.React.createElement(Original, props);
        const takesCursor = operation.parameters?.some(({ name }) => name === 'Last-Event-ID') ?? false;
        const place = (element) => element?.show(props.path, takesCursor, () => filledIn(system, props.path, props.method));
        return system.React.createElement('palaver-stream', { ref: place });
      },
    },
  };
}

/** A path that may be broken before each slash. */
const broken = (React, path) =>
  path.split(/(?=\/)/).flatMap((piece, index) => [React.createElement('wbr', { key: index }), piece]);

/** The first paragraph says what this is; the others are for looking up. */
function foldDescription() {
  const [first, ...others] = contract.info.description.split('\n\n');
  contract.info.description = `${first}\n\n<details><summary>What holds for all operations</summary>\n\n${others.join(
    '\n\n',
  )}\n\n</details>`;
}

describeExamples();
foldDescription();
document.getElementById('version').textContent = contract.info.version;
const place = document.getElementById('docs');
place.replaceChildren();
const page = window.SwaggerUIBundle({
  dom_id: '#docs',
  presets: [window.SwaggerUIBundle.presets.apis],
  plugins: [ours],
  deepLinking: true,
  displayOperationId: true,
  displayRequestDuration: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: -1,
  tryItOutEnabled: true,
  filter: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    const { credentials, headers } = asCaller(request.method ?? 'GET');
    Object.assign(request.headers, headers);
    request.credentials = credentials;
    return request;
  },
});
page.specActions.updateUrl(`${location.origin}/openapi.json`);
page.specActions.updateLoadingStatus('success');
page.specActions.updateSpec(' ');
keepMended(place);
// Swagger UI follows the address only when it starts.
addEventListener('hashchange', () => {
  const hash = decodeURIComponent(location.hash);
  page.layoutActions.parseDeepLinkHash(hash);
  const [, tag, operation] = hash.split('/');
  document.getElementById(`operations-${tag?.replaceAll(' ', '_')}-${operation}`)?.scrollIntoView();
});
