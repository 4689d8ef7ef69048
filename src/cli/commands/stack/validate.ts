import {RekindleError} from '../../../model/errors.ts';
import {type Fields, fields, text} from '../../../model/json.ts';
import {makeCommand} from '../../command.ts';
import {exit} from '../../exit.ts';
import {dataText, rowFormats, rowsText, type RowOf} from '../../format/formats.ts';
import {rowOptions, withRows} from '../../format/options.ts';
import {withValues} from '../../stack-options.ts';
import {templateSource, withSource} from './source.ts';
import {columnsOf, openOrchestration} from './target.ts';

export const validate = makeCommand({
  examples: [
    'rekindle stack validate web.yaml -e production.yaml',
    "rekindle stack validate out -f json   a bundle; Heat's whole answer",
  ],
  notes: `Heat looks at structure, names and types here, at hardly any value: stack preview and check see more. Exit code 4
means that Heat refuses the template. Files and templates that it names are read from beside it.`,
  options: cli => withRows(withValues(withSource(cli)), rowFormats),
  async run(args, context) {
    const source = await templateSource(args, context);
    const {heat} = await openOrchestration(context);
    const answer = masked(
      await heat
        .validate({
          template: source.template,
          files: source.files,
          environment: {parameters: source.parameters},
        })
        .catch(refused),
    );
    const {format} = args;
    if (format === 'json' || format === 'yaml') {
      context.print(await dataText(answer, format));
      return exit.done;
    }
    const rows = Object.entries(fields(answer['Parameters'])).map(([name, schema]) =>
      parameterRow(name, fields(schema)),
    );
    const columns = columnsOf('Parameter', 'Type', 'Value', 'Description');
    if (rows.length > 0) context.print(await rowsText({columns, rows}, rowOptions(args, context)));
    context.log.say('Heat takes the template; it has not looked at the values');
    return exit.done;
  },
});

/** A refusal is the answer to the question, and not a failure to get one. */
export function refused(error: unknown): never {
  if (!(error instanceof RekindleError)) throw error;
  const {status} = error.origin;
  if (status === 500) {
    throw new RekindleError(error.code, error.message, {
      ...error.origin,
      hint: 'Heat answers so without a cause to a template whose resources depend on each other in a circle',
      cause: error,
    });
  }
  if (status !== 400 && status !== 403 && status !== 404 && status !== 409) throw error;
  throw new RekindleError('not-deployable', error.message, {...error.origin, hint: error.hint, cause: error});
}

/** Heat masks no value here. */
function masked(answer: Fields): Fields {
  const parameters = Object.entries(fields(answer['Parameters'])).map(([name, schema]) => {
    const row = fields(schema);
    if (text(row['NoEcho']) !== 'true') return [name, schema];
    const hidden = ['Default', 'Value'].filter(key => Object.hasOwn(row, key)).map(key => [key, '******']);
    return [name, {...row, ...Object.fromEntries(hidden)}];
  });
  const {Environment: _given, ...others} = answer;
  return {...others, Parameters: Object.fromEntries(parameters) as Fields};
}

function parameterRow(name: string, schema: Fields): RowOf {
  return {
    Parameter: name,
    Type: schema['Type'],
    Value: schema['Value'] ?? schema['Default'],
    Description: schema['Description'],
  };
}
