import {type AuthOptions} from '../settings.ts';
import {domainOf} from './methods.ts';

/** `auth.scope` of a request, Keystone API v3; undefined where none is asked for. */
export function scopeOf(auth: AuthOptions): unknown {
  if (auth['trust_id'] !== undefined) return {'OS-TRUST:trust': {id: auth['trust_id']}};
  if (auth['system_scope'] !== undefined) return {system: {all: true}};
  if (auth['project_id'] !== undefined) return {project: {id: auth['project_id']}};
  if (auth['project_name'] !== undefined) {
    return {project: {name: auth['project_name'], ...domainOf(auth, 'project')}};
  }
  if (auth['domain_id'] !== undefined) return {domain: {id: auth['domain_id']}};
  if (auth['domain_name'] !== undefined) return {domain: {name: auth['domain_name']}};
  return undefined;
}

/** The scope asked for in words, for messages. */
export function scopeAsked(auth: AuthOptions): string | undefined {
  if (auth['trust_id'] !== undefined) return `the trust ${auth['trust_id']}`;
  if (auth['system_scope'] !== undefined) return 'the system';
  const project = auth['project_name'] ?? auth['project_id'];
  if (project !== undefined) return `the project ${project}`;
  const domain = auth['domain_name'] ?? auth['domain_id'];
  return domain === undefined ? undefined : `the domain ${domain}`;
}
