import {type Scope} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {port} from './port.ts';
import {server} from './shared.ts';

/** The servers that hold these ports: what watches or steers a port's traffic wants it plugged in. */
export function holdersOf(scope: Scope, ...ports: readonly (string | null | undefined)[]): readonly Ref[] {
  return ports.flatMap(id => {
    const device = scope.row(port, id)?.device_id;
    return device === undefined || device === '' ? [] : [new Ref(server.kind, device)];
  });
}
