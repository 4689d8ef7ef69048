/** Rows that the examples of the types here stand on. */
const ours = {project_id: 'p1', provisioning_status: 'ACTIVE', admin_state_up: true, description: ''};

export const exampleBalancer = {
  ...ours,
  id: 'lb1',
  name: 'www',
  vip_address: '10.0.0.50',
  vip_port_id: 'v1',
  vip_subnet_id: 's1',
  vip_network_id: 'n1',
  listeners: [],
  pools: [],
  provider: 'amphora',
  flavor_id: null,
};

export const examplePool = {
  ...ours,
  id: 'pl1',
  name: 'web',
  protocol: 'HTTP',
  lb_algorithm: 'ROUND_ROBIN',
  session_persistence: null,
  loadbalancers: [{id: 'lb1'}],
  listeners: [],
  members: [],
};

export const exampleListener = {
  ...ours,
  id: 'l1',
  name: 'http',
  protocol: 'HTTP',
  protocol_port: 80,
  connection_limit: -1,
  default_pool_id: null,
  default_tls_container_ref: null,
  sni_container_refs: [],
  insert_headers: null,
  loadbalancers: [{id: 'lb1'}],
  l7policies: [],
};

export const examplePolicy = {
  ...ours,
  id: 'po1',
  name: 'first',
  listener_id: 'l1',
  action: 'REJECT',
  position: 1,
  redirect_pool_id: null,
  redirect_url: null,
  rules: [],
};
