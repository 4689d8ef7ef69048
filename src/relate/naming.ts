/** Which addresses the rows name, and whether what names them can follow where the target chooses others. */
import {saidIn} from '../model/address-text.ts';
import {addressText} from '../model/cidr.ts';
import type {AnySpec, Naming} from '../model/define.ts';
import {isForeign} from '../model/inventory.ts';
import {textsIn} from '../model/json.ts';
import type {Tables} from './tables.ts';

export function namingOf(specs: ReadonlyMap<string, AnySpec>, tables: Tables, project: string): Naming {
  const stuck = new Map<string, string>();
  const followed = new Set<string>();
  for (const spec of specs.values()) {
    if (spec.heat === undefined) continue;
    const fields = fieldsOf(spec);
    for (const row of tables.table(spec.kind).rows) {
      if (isForeign(row, project)) continue;
      for (const [field, value] of Object.entries(row)) {
        const follows = fields(field);
        if (follows === undefined) continue;
        for (const text of textsIn(value)) {
          const said = saidIn(text);
          if (said === undefined || said.first !== said.last) continue;
          const address = addressText({version: said.version, value: said.first});
          if (follows && address === text) followed.add(text);
          else if (!stuck.has(address)) stuck.set(address, `${spec.kind.replaceAll('_', ' ')} ${field}`);
        }
      }
    }
  }
  return {stuck, followed};
}

/** Whether a field follows; undefined for one that names nothing, or that no template says. */
function fieldsOf({ignores, addresses = {}}: AnySpec): (field: string) => boolean | undefined {
  const {holds = [], follows = []} = addresses;
  return field => {
    if (follows.includes(field)) return true;
    const ignore = Object.hasOwn(ignores, field) ? ignores[field] : undefined;
    const silent =
      ignore === 'read-only' || ignore === 'elsewhere' || (ignore !== undefined && 'lossy' in ignore);
    return field === 'id' || silent || holds.includes(field) ? undefined : false;
  };
}
