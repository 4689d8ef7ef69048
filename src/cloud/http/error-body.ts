import {at, isObject, parseJson} from './json.ts';
import {type Secrets} from '../../model/secrets.ts';
import {cleanText} from './text.ts';

/**
 * The human sentence in an error answer. Never throws. The shapes, by service:
 * nova, cinder, manila `{itemNotFound: {code, message}}` (nova `api/openstack/wsgi.py`, Fault);
 * neutron `{NeutronError: {type, message, detail}}` (`api/api_common.py`);
 * heat `{code, title, explanation, error: {type, message}}` (`api/middleware/fault.py`);
 * keystone and the auth middleware `{error: {code, title, message}}`; glance HTML or `{code, title, message}`;
 * octavia `{faultcode, faultstring}`, which aodh nests in `error_message` (WSME);
 * designate `{code, type, message, errors}`; barbican `{code, title, description}`;
 * magnum and placement `{errors: [{status, title, detail}]}`; swift and load balancers text or HTML.
 */
export function errorMessage(text: string, reason: string): string {
  const fromJson = messageOfJson(text);
  if (fromJson !== undefined && fromJson !== '') return fromJson;
  // Half a JSON document says less than the status line.
  const fromText = /^\s*[[{]/u.test(text) ? '' : cleanText(text);
  return fromText === '' ? cleanText(reason) : fromText;
}

/** The same without a secret that the answer quotes: before it is cut short, when half of one could be left, and after. */
export function hiddenMessage(
  {text, reason}: {readonly text: string; readonly reason: string},
  secrets: Secrets,
): string {
  return secrets.hide(errorMessage(secrets.hideKnown(text), reason));
}

function messageOfJson(text: string): string | undefined {
  let body: unknown;
  try {
    body = parseJson(text);
  } catch {
    return undefined;
  }
  return sentence(body, 0);
}

/** Keys that hold the sentence itself, the most telling first. */
const DIRECT = ['message', 'faultstring', 'detail', 'description', 'explanation', 'title'] as const;
/** Keys that hold an object with the sentence in it. */
const NESTED = ['error', 'NeutronError', 'error_message', 'errors'] as const;

function sentence(body: unknown, depth: number): string | undefined {
  if (depth > 4) return undefined;
  if (typeof body === 'string') return cleanText(body);
  if (Array.isArray(body)) {
    const parts = body.slice(0, 5).map(item => sentence(item, depth + 1));
    return parts.filter(part => part !== undefined && part !== '').join('; ');
  }
  if (!isObject(body)) return undefined;
  for (const key of NESTED) {
    const inner = at(body, key);
    // Designate's `errors` is a map of details beside its own message, magnum's a list that holds everything.
    if (key === 'errors' && !Array.isArray(inner)) continue;
    const found =
      isObject(inner) || Array.isArray(inner) || typeof inner === 'string' ? sentence(inner, depth + 1) : '';
    if (found !== undefined && found !== '') return withType(found, body);
  }
  for (const key of DIRECT) {
    const inner = at(body, key);
    if (typeof inner === 'string' && cleanText(inner) !== '')
      return withType(withDetails(cleanText(inner), body), body);
    // OVH and some gateways put an object or a map of field errors here.
    if (isObject(inner) || Array.isArray(inner)) return cleanText(JSON.stringify(inner));
  }
  const only = Object.values(body);
  return only.length === 1 && isObject(only[0]) ? sentence(only[0], depth + 1) : undefined;
}

/** Heat tells of a time limit inside it by the type alone: `MessagingTimeout` of oslo.messaging. */
function withType(message: string, body: Readonly<Record<string, unknown>>): string {
  const type = at(body, 'error', 'type');
  return typeof type === 'string' && /^[A-Za-z]{0,40}Timeout$/.test(type) ? `${message} (${type})` : message;
}

/** Neutron's and Designate's second half of the sentence. */
function withDetails(message: string, body: Readonly<Record<string, unknown>>): string {
  const detail = typeof body['detail'] === 'string' ? cleanText(body['detail']) : '';
  const errors = at(body, 'errors', 'errors');
  const fields = Array.isArray(errors)
    ? errors.map(item => sentence(item, 3) ?? '').filter(item => item !== '')
    : [];
  const more = [detail === message ? '' : detail, ...fields].filter(
    part => part !== '' && !message.includes(part),
  );
  return more.length === 0 ? message : cleanText(`${message} (${more.join('; ')})`);
}
