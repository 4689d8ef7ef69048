/** Empties a list of a project's things, whatever order they insist on. */
import {ApiError, type Api, type Row, type Service} from './api.ts';

/** Every service names a row's project in its own way. */
const OWNER_KEYS = [
  'project',
  'project_id',
  'tenant_id',
  'os-vol-tenant-attr:tenant_id',
  'os-extended-snapshot-attributes:project_id',
  'os-backup-project-attr:project_id',
  'owner',
];

/**
 * An admin's lists reach further than the project: Heat's shows every project's stacks, whatever the token's scope. So
 * each row is looked at, and only what says that it belongs here, or says nothing, is touched.
 */
function isForeign(api: Api, row: Row): boolean {
  return OWNER_KEYS.some(
    key => typeof row[key] === 'string' && row[key] !== '' && row[key] !== api.projectId,
  );
}

/**
 * Removes until the list stays empty: what still hangs on something else goes in a later round.
 * @param seconds How long nothing may have gone.
 */
export async function sweep(
  api: Api,
  what: string,
  list: () => Promise<readonly Row[]>,
  remove: (row: Row) => Promise<unknown>,
  seconds = 300,
): Promise<void> {
  let end = Date.now() + seconds * 1000;
  let least = Infinity;
  for (;;) {
    const rows = (await list()).filter(row => !isForeign(api, row));
    if (rows.length === 0) return;
    if (rows.length < least) {
      least = rows.length;
      end = Date.now() + seconds * 1000;
    }
    const errors: string[] = [];
    await Promise.all(
      rows.map(async row => {
        // Asking again only makes the service do it twice.
        if (row['status'] === 'deleting' || row['OS-EXT-STS:task_state'] === 'deleting') return;
        try {
          await remove(row);
        } catch (error) {
          // Still in use, or being deleted: the next round tells.
          if (!(error instanceof ApiError)) throw error;
          errors.push(error.message);
        }
      }),
    );
    if (Date.now() > end) {
      throw new Error(
        `${rows.length} ${what} stay: ${errors.slice(0, 3).join('; ') || 'still being deleted'}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
}

/** A sweep over one list call, each row deleted below the same path. */
export function sweepAll(
  api: Api,
  service: Service,
  path: string,
  key: string,
  keep: (row: Row) => boolean = () => false,
): Promise<void> {
  const [base = path] = path.split('?');
  return sweep(
    api,
    key,
    async () => (await api.list(service, path, key)).filter(row => !keep(row)),
    row => api.remove(service, `${base.replace(/\/detail$/, '')}/${row.id}`),
  );
}
