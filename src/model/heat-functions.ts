/** Heat runs a map that looks like one of its functions, wherever it stands. Data must not. */

/** Names of HOT functions of every version, and CloudFormation's; proof: heat `engine/hot/template.py`, `engine/cfn/template.py`. */
const FUNCTIONS = new Set([
  'get_attr',
  'get_file',
  'get_param',
  'get_resource',
  'list_join',
  'repeat',
  'resource_facade',
  'str_replace',
  'digest',
  'str_split',
  'map_merge',
  'map_replace',
  'yaql',
  'if',
  'filter',
  'str_replace_strict',
  'make_url',
  'list_concat',
  'list_concat_unique',
  'contains',
  'str_replace_vstrict',
  'equals',
  'not',
  'and',
  'or',
  'Ref',
]);

/** True for a map that Heat would take for a call. */
export function looksLikeFunction(map: Readonly<Record<string, unknown>>): boolean {
  const [key, ...others] = Object.keys(map);
  return key !== undefined && others.length === 0 && (FUNCTIONS.has(key) || key.startsWith('Fn::'));
}
