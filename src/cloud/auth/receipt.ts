import {at} from '../http/json.ts';
import {type HttpAnswer} from '../http/request.ts';
import {listOf} from './token.ts';

/**
 * Keystone's answer to a first factor where rules demand more: 401 with a receipt for what was accepted (keystone
 * `server/flask/application.py`, the handler of InsufficientAuthMethods).
 */
export function receiptOf(answer: HttpAnswer): string | undefined {
  return answer.status === 401 ? answer.headers['openstack-auth-receipt'] : undefined;
}

/** The methods still wanted, by the rule that wants the fewest. */
export function required(body: unknown, given: readonly string[]): readonly string[] {
  const accepted = new Set<unknown>([...given, ...listOf(at(body, 'receipt', 'methods'))]);
  const rules = listOf(at(body, 'required_auth_methods')).map(rule =>
    listOf(rule)
      .filter(method => typeof method === 'string')
      .filter(method => !accepted.has(method)),
  );
  return rules.sort((one, other) => one.length - other.length)[0] ?? [];
}
