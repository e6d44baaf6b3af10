// What Swagger UI's markup lacks for those who hear the page or go through it by keyboard.

const MENDS = {
  // Its name would be the path alone: without the label it is all that the heading shows.
  '.opblock-summary-control[aria-label]': (heading) => heading.removeAttribute('aria-label'),
  '.filter input': (input) => name(input, 'Search operations', 'Search operations'),
  '.examples-select select': (select) => name(select, 'Example'),
  'select:not([aria-label]):not([id])': (select) => name(select, parameterOf(select) ?? 'Choice'),
  'textarea.body-param__text': (area) => name(area, 'Request body'),
  'tr[data-param-name] :is(input:not([type=checkbox]), textarea)': (input) => name(input, parameterOf(input)),
  '.opblock-body input[type=file]': (input) => name(input, parameterOf(input) ?? 'Request body'),
  '.copy-to-clipboard button': (button) => name(button, 'Copy'),
  'pre:not([tabindex])': (text) => text.setAttribute('tabindex', '0'),
};

const parameterOf = (element) => element.closest('[data-param-name]')?.dataset.paramName;

function name(element, text, placeholder) {
  if (element.getAttribute('aria-label') !== text) element.setAttribute('aria-label', text);
  if (placeholder && element.placeholder !== placeholder) element.placeholder = placeholder;
}

/** Mends what is in `root` and whatever comes into it. */
export function keepMended(root) {
  const mend = () => {
    for (const [selector, change] of Object.entries(MENDS)) root.querySelectorAll(selector).forEach(change);
  };
  mend();
  new MutationObserver(mend).observe(root, { childList: true, subtree: true });
}
