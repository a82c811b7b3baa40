/** What one server of the pair needs to know. */
export interface Settings {
  port: number
  /** Address of the primary as libpq takes it; only a replica has one. */
  primaryConninfo?: string
  /** False for throw-away data: a crash of the machine, not of a process, may then lose them. */
  durable: boolean
}

/** postgresql.conf for a small machine that also runs everything else. Written anew at each start, so that
 *  a new release or port takes effect; `alter system` still wins over it. */
export function postgresqlConf({ port, primaryConninfo, durable }: Settings): string {
  const sync = durable ? 'on' : 'off'
  return Object.entries({
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    shared_preload_libraries: 'pg_stat_statements',

    max_connections: 200,
    shared_buffers: '128MB',
    effective_cache_size: '512MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    random_page_cost: 1.1,
    jit: 'off', // its start-up costs more than any query here lasts

    fsync: sync,
    full_page_writes: sync,
    synchronous_commit: 'on',
    checkpoint_timeout: '15min',
    max_wal_size: '1GB',

    wal_level: 'replica',
    max_wal_senders: 10,
    // What a stopped replica may miss and still catch up; beyond it the replica is copied anew.
    wal_keep_size: '256MB',
    wal_receiver_status_interval: '1s',
    wal_retrieve_retry_interval: '500ms',
    hot_standby: 'on',
    // An export reads the replica for minutes: the primary keeps its rows, and replay waits for it.
    hot_standby_feedback: 'on',
    max_standby_streaming_delay: '30min',
    max_standby_archive_delay: '30min',
    ...(primaryConninfo ? { primary_conninfo: primaryConninfo } : {}),
  })
    .map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'\n`)
    .join('')
}

/** Everybody gives a password, also on this machine: others may have accounts on it. */
export const PG_HBA = `host all all 127.0.0.1/32 scram-sha-256
host replication all 127.0.0.1/32 scram-sha-256
`
