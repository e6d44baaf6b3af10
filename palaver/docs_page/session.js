// Who this page calls as: a pasted token, kept by the tab alone; without one, whoever is signed in by cookie.

const KEY = 'palaver-token';
const HEADER = 'Coder-Session-Token';
const SAFE = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

export const token = () => sessionStorage.getItem(KEY) ?? '';

/** Header fields and credentials of a request of this page. */
export function asCaller(method) {
  if (token() !== '') {
    // Else a cookie of somebody who has signed in here would go before the token.
    return { credentials: 'omit', headers: { [HEADER]: token() } };
  }
  const proof = /(?:^|; )csrf_token=([^;]*)/.exec(document.cookie)?.[1];
  const headers = proof && !SAFE.includes(method.toUpperCase()) ? { 'X-CSRF-TOKEN': proof } : {};
  return { credentials: 'same-origin', headers };
}

async function showCaller() {
  const said = document.getElementById('caller');
  document.getElementById('forget').hidden = token() === '';
  if (token() === '' && !document.cookie.includes('csrf_token=')) {
    said.textContent = '';
    return;
  }
  try {
    const answer = await fetch('/api/v2/users/me', asCaller('GET'));
    const body = await answer.json();
    said.textContent = answer.ok ? `Calling as ${body.username}.` : `Refused: ${body.message}`;
    said.classList.toggle('refused', !answer.ok);
  } catch {
    said.textContent = 'The server does not answer.';
  }
}

/** Makes the form work. */
export function startSession() {
  const input = document.getElementById('token');
  document.getElementById('session').addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value.trim() !== '') {
      sessionStorage.setItem(KEY, input.value.trim());
      input.value = '';
    }
    showCaller();
  });
  document.getElementById('forget').addEventListener('click', () => {
    sessionStorage.removeItem(KEY);
    showCaller();
    input.focus();
  });
  showCaller();
}
