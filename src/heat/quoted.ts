/** What Heat may quote: values of hidden parameters, in the reasons that it gives. */
import type {Session} from '../cloud/types.ts';
import {type Fields, fields, objects, word} from '../model/json.ts';
import {createSecrets, type Secrets} from '../model/secrets.ts';

export interface Quoted {
  /** Takes note of the values that are not to be told. @returns whether there are any. */
  keep(body: {readonly template: Fields; readonly environment?: object | undefined}): boolean;
  /** An answer's row, with none of them in what Heat says of it. */
  shown(row: Fields): Fields;
}

/** Texts of Heat's own, of which a part may be quoted. */
const reasons = ['stack_status_reason', 'resource_status_reason', 'status_reason'];

export function quotedBy({secrets = createSecrets()}: Pick<Session, 'secrets'>): Quoted {
  return {
    keep({template, environment}) {
      const values = fields(fields(environment)['parameters']);
      let any = false;
      for (const [name, schema] of Object.entries(fields(template['parameters']))) {
        const {hidden, default: otherwise} = fields(schema);
        if (hidden !== true) continue;
        for (const value of [values[name], otherwise]) any = kept(value, secrets) || any;
      }
      return any;
    },
    shown(row) {
      const said = reasons.filter(key => typeof row[key] === 'string');
      const outputs = objects(row['outputs']);
      if (said.length === 0 && outputs.length === 0) return row;
      return {
        ...row,
        ...Object.fromEntries(said.map(key => [key, secrets.hide(row[key] as string)])),
        ...(outputs.length === 0 ? {} : {outputs: outputs.map(output => withoutError(output, secrets))}),
      };
    },
  };
}

function withoutError(output: Fields, secrets: Secrets): Fields {
  const {output_error: error} = output;
  return typeof error === 'string' ? {...output, output_error: secrets.hide(error)} : output;
}

/** Maps and lists are values too; whether there was anything. */
function kept(value: unknown, secrets: Secrets): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (typeof value === 'object')
    return Object.values(value).reduce<boolean>((any, inner) => kept(inner, secrets) || any, false);
  secrets.keep(word(value));
  return true;
}
