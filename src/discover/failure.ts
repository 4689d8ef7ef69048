/** Which failure is a gap and which ends the run. */
import type {ListCall} from '../model/list-call.ts';
import {RekindleError} from '../model/errors.ts';
import type {Gap} from '../model/inventory.ts';

/** A project without these is no project: what they can't answer is never taken for "there is none". */
const core: ReadonlySet<string> = new Set(['compute', 'network']);

export function isCore(call: ListCall): boolean {
  return (
    core.has(call.service) &&
    call.only !== 'referred' &&
    call.parent === undefined &&
    call.extension === undefined
  );
}

export interface Attempt {
  readonly kind: string;
  readonly call: ListCall;
  /** True for the list of the first wave of a core service. */
  readonly core: boolean;
  readonly parent?: string | undefined;
  /** The service says that it has the extension this list belongs to. */
  readonly extended?: boolean | undefined;
}

/** @throws the error itself where going on would make a quietly smaller inventory, or none at all. */
export function gapOf(error: unknown, attempt: Attempt): Gap {
  if (!(error instanceof RekindleError)) throw error;
  if (['aborted', 'internal', 'usage', 'config'].includes(error.code)) throw error;
  const {call, kind, parent} = attempt;
  const what = call.path === '' ? `its ${kind} list` : call.path;
  // An answer that is wrong in itself says nothing by its status.
  const status =
    error.code === 'protocol'
      ? undefined
      : (error.origin.status ?? (error.code === 'not-found' ? 404 : undefined));
  if (error.code === 'forbidden' || status === 403) {
    return gap(attempt, 'forbidden', `the ${call.service} service does not let this role read ${what} (403)`);
  }
  if (status === 404 && parent !== undefined) {
    return gap(
      attempt,
      'vanished',
      call.parent === undefined
        ? `${kind} ${parent} was gone when it was read`
        : `${call.parent.kind} ${parent} was gone when its ${call.key} were read`,
    );
  }
  if (status === 404 && call.extension !== undefined && attempt.extended !== true)
    return noExtension(attempt);
  if (attempt.core) throw error;
  if (error.code === 'no-service') return noService(attempt);
  return gap(
    attempt,
    'failed',
    `the ${call.service} service did not answer ${what}: ${cause(error, status)}`,
  );
}

export function noService(attempt: Attempt): Gap {
  const {call} = attempt;
  if (attempt.core) {
    throw new RekindleError('no-service', `the catalog has no ${call.service} service in this region`, {
      service: call.service,
      hint: 'check the region name (--os-region-name) and the project scope',
    });
  }
  return gap(attempt, 'no-service', `the catalog has no ${call.service} service`);
}

export function noExtension(attempt: Attempt): Gap {
  const {call} = attempt;
  return gap(
    attempt,
    'no-extension',
    `the ${call.service} service has no extension '${call.extension ?? ''}'`,
  );
}

/** Read in the oldest form of the API: what later versions added is missing from every row. */
export function versionless({kind, call}: Attempt): Gap {
  const detail = `the ${call.service} service tells no microversions: fields that newer ones added are missing`;
  return gap({kind, call, core: false}, 'failed', detail);
}

/** Says the same for the same failure: no request ids, no times. */
export function gap(attempt: Attempt, reason: Gap['reason'], detail: string): Gap {
  const {kind, call, parent} = attempt;
  return {service: call.service, kind, reason, detail, ...(parent === undefined ? {} : {parent})};
}

function cause(error: RekindleError, status: number | undefined): string {
  if (status !== undefined) return `HTTP ${status}`;
  return (
    {
      auth: 'it refused the credential',
      connect: 'no connection',
      tls: 'the TLS handshake failed',
      timeout: 'no answer in time',
      protocol: 'its answer is not what the API promises',
    }[error.code as string] ?? error.code
  );
}
