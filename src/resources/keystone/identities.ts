/** Whom another service's access list names: nothing is read of them, and only an admin could. */
import {refer} from '../../model/define.ts';

interface Row {
  readonly id: string;
}

export const project = refer<Row>()({kind: 'project', section: 'Identities', outside: {prefix: 'project'}});

export const user = refer<Row>()({kind: 'user', section: 'Identities', outside: {prefix: 'user'}});
