# Sourced by .ci/run: Debian's PostgreSQL on a free port, its data in a folder that is removed at the end.

start_debian_postgres() {
  local bin
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
  if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
    DEBIAN_FRONTEND=noninteractive apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null
    bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  fi
  PG_BIN=$bin
  PG_FOLDER=$(mktemp -d /tmp/throughline-postgres.XXXXXX)
  PG_PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  # PostgreSQL refuses to run as root.
  as_postgres=()
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$PG_FOLDER"
    as_postgres=(runuser -u postgres --)
  fi
  (cd "$PG_FOLDER" && "${as_postgres[@]}" "$PG_BIN/initdb" -D "$PG_FOLDER/data" -U throughline --auth=trust --encoding=UTF8 >/dev/null)
  (cd "$PG_FOLDER" && "${as_postgres[@]}" "$PG_BIN/pg_ctl" -D "$PG_FOLDER/data" -w -l "$PG_FOLDER/log" \
    -o "-p $PG_PORT -h 127.0.0.1 -k $PG_FOLDER" start >/dev/null)
  export DATABASE_URL="postgresql://throughline@127.0.0.1:$PG_PORT/postgres"
  echo "PostgreSQL $("$PG_BIN/postgres" --version | awk '{print $3}') on port $PG_PORT"
}

stop_debian_postgres() {
  (cd "$PG_FOLDER" && "${as_postgres[@]}" "$PG_BIN/pg_ctl" -D "$PG_FOLDER/data" -m fast stop >/dev/null) || true
  rm -rf "$PG_FOLDER"
}
