/** What Heat tells of a stack, and what a stack inside a stack can be given. */
import type {Ask, Ref} from '../../model/value.ts';

/** Answered by Heat; proof: heat `api/openstack/v1/views/stacks_view.py`. The last three are read for `--stacks as-template` only. */
export interface StackRow {
  readonly id: string;
  readonly stack_name: string;
  readonly description?: string | null;
  readonly stack_status?: string;
  readonly stack_status_reason?: string | null;
  readonly creation_time?: string;
  readonly updated_time?: string | null;
  readonly deletion_time?: string | null;
  readonly stack_owner?: string | null;
  readonly stack_user_project_id?: string | null;
  readonly parent?: string | null;
  readonly project?: string;
  readonly tags?: readonly string[] | null;
  readonly links?: readonly object[];
  /** JSON texts, as Heat answers them. */
  readonly template?: string;
  readonly environment?: string;
  readonly files?: string;
}

export type StackParameter =
  string | number | boolean | Ref | Ask | readonly unknown[] | {readonly [key: string]: unknown};
