# Runs the platform and its gateway, and keeps them running.
#
# DATA/run/launcher.lock                        held while a launcher lives
# DATA/run/{launcher,platform,gateway}.pid      who runs
# DATA/logs/{platform,gateway}.log              their logs
# DATA/logs/{platform,gateway}.out              what they print besides, since they were started

# The platform's collector gives memory back to the machine once loads and exports are over.
readonly COMMON_OPTIONS='-Dfile.encoding=UTF-8 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow'
readonly PLATFORM_OPTIONS="$COMMON_OPTIONS -XX:+UseG1GC -XX:G1PeriodicGCInterval=30000 -Xms64m -Xmx${TIAOXI_PLATFORM_HEAP:-700m} -XX:MaxHeapFreeRatio=40 -XX:MinHeapFreeRatio=20"
readonly GATEWAY_OPTIONS="$COMMON_OPTIONS -XX:+UseSerialGC -Xms24m -Xmx${TIAOXI_GATEWAY_HEAP:-160m} -XX:MaxDirectMemorySize=128m"
readonly CALL_OPTIONS="$COMMON_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1"

# Replaces the (sub)shell by a program in a session of its own, out of reach of the terminal's
# Ctrl-C, that is told to stop if the launcher dies.
apart() {
    if command -v setpriv >/dev/null; then
        exec setsid setpriv --pdeathsig TERM "$@"
    fi
    exec setsid "$@"
}

# start_platform DATA PORT GATEWAY_ADDRESS OPTIONS [ARGUMENT…]: becomes the platform.
start_platform() {
    local data="$1" port="$2" gateway_address="$3" options="$4"
    shift 4
    export MALLOC_ARENA_MAX=2
    # Options are words without spaces.
    # shellcheck disable=SC2086
    apart "$JAVA_HOME/bin/java" $PLATFORM_OPTIONS $options "@$OUT/tiaoxi-platform/classpath" \
        cn.tiaoxi.platform.Tiaoxi "--tiaoxi.data.folder=$data" "--tiaoxi.city.folder=$ROOT/city/huzhou" \
        "--server.port=$port" "--tiaoxi.sharing.gateway-address=$gateway_address" \
        "--logging.file.name=$data/logs/platform.log" "$@"
}

# start_gateway DATA PORT PLATFORM_URL [ARGUMENT…]: becomes the gateway.
start_gateway() {
    local data="$1" port="$2" platform="$3"
    shift 3
    export MALLOC_ARENA_MAX=2
    # In the demonstration departments' services stand on this machine.
    [ "${DEMO:-no}" = no ] || export TIAOXI_GATEWAY_UPSTREAM_RANGES="${TIAOXI_GATEWAY_UPSTREAM_RANGES:-127.0.0.1}"
    # shellcheck disable=SC2086
    apart "$JAVA_HOME/bin/java" $GATEWAY_OPTIONS "-Dtiaoxi.logs=$data/logs" "@$OUT/tiaoxi-gateway/classpath" \
        cn.tiaoxi.gateway.Gateway --data "$data" --port "$port" --platform "$platform" "$@"
}

# The status that a GET of a local address answers; nothing if nobody answers within 5 seconds.
http_status() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1" &&
            printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$2" >&3 &&
            IFS=' ' read -r -t 5 _ status _ <&3 && echo "$status"
    ) 2>/dev/null
}

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A port that nobody listens on.
free_port() {
    local port
    for _ in {1..50}; do
        port=$((20000 + RANDOM % 20000))
        port_taken "$port" || { echo "$port"; return; }
    done
    return 1
}

# wait_until_healthy PORT PATH PROCESS SECONDS: fails if the process ends or the time passes.
wait_until_healthy() {
    local end=$((SECONDS + $4))
    until [ "$(http_status "$1" "$2")" = 200 ]; do
        kill -0 "$3" 2>/dev/null && [ $SECONDS -lt $end ] || return 1
        sleep 0.1
    done
}

# The process that a file names, if it lives and is one of ours: numbers are used again.
running() {
    local process
    { read -r process <"$1"; } 2>/dev/null && [ -n "$process" ] &&
        tr '\0' ' ' <"/proc/$process/cmdline" 2>/dev/null |
        grep -qE ' cn\.tiaoxi\.|/?tiaoxi run|postgres' && echo "$process"
}

# Sets DATA, PORT, GATEWAY_PORT, TLS (with TLS_CERTIFICATE and TLS_KEY, if given), TLS_PORT and DEMO (no, story, or accounts: those without the story) from the
# arguments.
read_run_arguments() {
    DATA="$(data_folder "$@")" || exit 1
    PORT=8080 GATEWAY_PORT=8090 DEMO=no TLS=no TLS_PORT=8443 TLS_CERTIFICATE='' TLS_KEY=''
    while [ $# -gt 0 ]; do
        case "$1" in
            --demo) DEMO=story ;;
            --demo=accounts) DEMO=accounts ;;
            --data=*) ;;
            --tls) TLS=yes ;;
            --port=* | --gateway-port=* | --tls-port=* | --tls-certificate=* | --tls-key=*) set -- "${1%%=*}" "${1#*=}" "${@:2}"; continue ;;
            --data | --port | --gateway-port | --tls-port | --tls-certificate | --tls-key)
                [ $# -gt 1 ] || die "$1 需要一个值" "$1 needs a value"
                case "$1" in
                    --port) PORT="$2" ;;
                    --gateway-port) GATEWAY_PORT="$2" ;;
                    --tls-port) TLS=yes TLS_PORT="$2" ;;
                    --tls-certificate) TLS=yes TLS_CERTIFICATE="$2" ;;
                    --tls-key) TLS=yes TLS_KEY="$2" ;;
                esac
                shift ;;
            *) die "不认识的参数 $1，见 ./tiaoxi help" "Unknown argument $1, see ./tiaoxi help" ;;
        esac
        shift
    done
    local port
    for port in "$PORT" "$GATEWAY_PORT" "$TLS_PORT"; do
        [[ "$port" =~ ^[0-9]{1,5}$ ]] && [ "$port" -ge 1 ] && [ "$port" -le 65535 ] ||
            die "“$port” 不是端口号" "'$port' is not a port"
    done
    [ -n "$TLS_CERTIFICATE" ] && [ -n "$TLS_KEY" ] || [ -z "$TLS_CERTIFICATE$TLS_KEY" ] ||
        die '--tls-certificate 与 --tls-key 要一起给出' '--tls-certificate and --tls-key belong together'
}

# With TLS: sets GATEWAY_ADDRESS, the gateway's further arguments TLS_ARGUMENTS, and the platform's
# options TRUST. Without files of one's own a certificate for localhost is made in DATA/tls, under an
# authority of its own that the platform trusts.
prepare_tls() {
    GATEWAY_ADDRESS="http://127.0.0.1:$GATEWAY_PORT" TLS_ARGUMENTS=() TRUST=''
    [ "$TLS" = yes ] || return 0
    GATEWAY_ADDRESS="https://localhost:$TLS_PORT"
    if [ -z "$TLS_CERTIFICATE" ]; then
        (java_main tiaoxi-gateway "$CALL_OPTIONS" cn.tiaoxi.gateway.TrialCertificates "$DATA/tls") ||
            die '无法生成试用证书' 'No certificate for trials can be made'
        TLS_CERTIFICATE="$DATA/tls/gateway.pem" TLS_KEY="$DATA/tls/gateway.key"
        TRUST="-Djavax.net.ssl.trustStore=$DATA/tls/trust.p12 -Djavax.net.ssl.trustStorePassword=changeit"
        words "试用 TLS：证书只对本机 localhost 有效，由自签的 CA 签发，调用方需信任 $DATA/tls/ca.pem（curl --cacert）。正式环境用 --tls-certificate 与 --tls-key。" \
            "TLS for trials: the certificate is for localhost only, under a CA of its own; callers must trust $DATA/tls/ca.pem (curl --cacert). For real use give --tls-certificate and --tls-key."
    fi
    TLS_ARGUMENTS=(--tls-port "$TLS_PORT" --tls-certificate "$TLS_CERTIFICATE" --tls-key "$TLS_KEY")
    words "网关：$GATEWAY_ADDRESS（TLS），本机另有不加密的 http://127.0.0.1:$GATEWAY_PORT" \
        "Gateway: $GATEWAY_ADDRESS (TLS); on this machine also http://127.0.0.1:$GATEWAY_PORT, unencrypted"
}

# Makes the data folder this launcher's own, or ends with the reason.
claim_data_folder() {
    (umask 077 && mkdir -p "$DATA/run" "$DATA/logs") && [ -w "$DATA/run" ] ||
        die "无法写入数据目录 $DATA" "Cannot write to the data folder $DATA"
    exec 9>>"$DATA/run/launcher.lock"
    flock -n 9 || die \
        "数据目录 $DATA 正在使用中（进程 $(cat "$DATA/run/launcher.pid" 2>/dev/null)）。先 ./tiaoxi stop，或用 --data 另选一个。" \
        "The data folder $DATA is in use (process $(cat "$DATA/run/launcher.pid" 2>/dev/null)). Run ./tiaoxi stop first, or choose another with --data."
    local part process
    for part in gateway platform; do
        if process="$(running "$DATA/run/$part.pid")"; then
            words "上次遗留的 $part（进程 $process）先停止" "Stopping the $part that was left running (process $process)"
            end_process "$process"
        fi
    done
}

# end_process PROCESS: asks it to stop; after 60 seconds it is ended.
end_process() {
    local end=$((SECONDS + 60))
    kill -TERM "$1" 2>/dev/null
    while kill -0 "$1" 2>/dev/null; do
        [ $SECONDS -lt $end ] || kill -KILL "$1" 2>/dev/null
        sleep 0.1
    done
}

refuse_taken_port() {
    ! port_taken "$1" || die \
        "端口 $1 已被占用。用 $2 另选一个。" \
        "Port $1 is in use. Choose another with $2."
}

launch_platform() {
    local arguments=()
    [ "$DEMO" = no ] || arguments=(--tiaoxi.identity.demo=true)
    (start_platform "$DATA" "$PORT" "$GATEWAY_ADDRESS" "$(cache_option) $TRUST" \
        ${arguments[@]+"${arguments[@]}"}) >"$DATA/logs/platform.out" 2>&1 9>&- </dev/null &
    PLATFORM=$!
    echo "$PLATFORM" >"$DATA/run/platform.pid"
    PLATFORM_BEGAN=$SECONDS
}

launch_gateway() {
    (start_gateway "$DATA" "$GATEWAY_PORT" "$PLATFORM_URL" ${TLS_ARGUMENTS[@]+"${TLS_ARGUMENTS[@]}"}) \
        >"$DATA/logs/gateway.out" 2>&1 9>&- </dev/null &
    GATEWAY=$!
    echo "$GATEWAY" >"$DATA/run/gateway.pid"
    GATEWAY_BEGAN=$SECONDS
}

cache_option() {
    [ ! -s "$OUT/platform.aot" ] || ! fresh cache "$(cache_fingerprint)" ||
        echo "-XX:AOTCache=$OUT/platform.aot"
}

# Sends the heartbeats that the demonstration left in DATA/demo again, every minute, as the gateway of
# the devices would.
report_devices() {
    local folder="$DATA/demo" pause=
    trap 'kill "$pause" 2>/dev/null; exit 0' TERM
    # $$ is the launcher here too: when it is gone, this goes.
    while kill -0 $$; do
        sleep 60 & pause=$!
        wait "$pause"
        [ -s "$folder/heartbeats.json" ] && [ -s "$folder/heartbeats.token" ] || continue
        (
            exec 3<>"/dev/tcp/127.0.0.1/$PORT" &&
                printf 'POST /api/v1/devices/heartbeats HTTP/1.0\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n' \
                    "$(cat "$folder/heartbeats.token")" "$(wc -c <"$folder/heartbeats.json")" >&3 &&
                cat "$folder/heartbeats.json" >&3 && read -r -t 10 _ <&3
        ) 2>/dev/null
    done
}

# fail_start PART: shows what the part complained of, stops everything and ends.
fail_start() {
    tail -q -n 200 "$DATA/logs/$1".{out,log} 2>/dev/null | grep -v '^[[:space:]]*at ' |
        grep -E 'ERROR|Caused by|Exception|Error|: ' | tail -n 12 | cut -c 1-400 >&2
    stop_all
    die "$1 未能启动。日志见 $DATA/logs" "The $1 did not start. Its log is in $DATA/logs"
}

stop_all() {
    trap '' INT TERM HUP
    local part
    for part in "${STORY:-}" "${REPORTS:-}"; do
        [ -z "$part" ] || kill -TERM "$part" 2>/dev/null
    done
    for part in "${GATEWAY:-}" "${PLATFORM:-}"; do
        [ -z "$part" ] || end_process "$part"
    done
    wait
    rm -f "$DATA"/run/{launcher,platform,gateway}.pid
}

# Ends the launcher after the person (or the system) asked for it.
leave() {
    echo
    words '正在停止…' 'Stopping…'
    stop_all
    words '已停止。' 'Stopped.'
    exit 0
}

run_platform() {
    read_run_arguments "$@"
    [ "$PORT" != "$GATEWAY_PORT" ] ||
        die '平台与网关不能用同一个端口' 'The platform and the gateway need two ports'
    build_all
    claim_data_folder
    refuse_taken_port "$PORT" --port
    refuse_taken_port "$GATEWAY_PORT" --gateway-port
    [ "$TLS" = no ] || refuse_taken_port "$TLS_PORT" --tls-port
    prepare_tls
    echo $$ >"$DATA/run/launcher.pid"
    PLATFORM_URL="http://127.0.0.1:$PORT"
    trap leave INT TERM HUP
    # Whoever reads what is printed here may go; the platform stays.
    trap '' PIPE
    local begin=$SECONDS
    words '正在启动…' 'Starting…'
    launch_platform
    wait_until_healthy "$PORT" /actuator/health "$PLATFORM" 300 || fail_start platform
    launch_gateway
    wait_until_healthy "$GATEWAY_PORT" /healthz "$GATEWAY" 60 || fail_start gateway
    words "就绪（$((SECONDS - begin)) 秒）：$PLATFORM_URL" "Ready ($((SECONDS - begin)) s): $PLATFORM_URL"
    STORY='' REPORTS=''
    if [ "$DEMO" = story ]; then
        (exec 9>&-; java_main tiaoxi-command "$CALL_OPTIONS" cn.tiaoxi.command.Demo \
            --platform "$PLATFORM_URL" --gateway "http://127.0.0.1:$GATEWAY_PORT" \
            --data "$DATA" --places "$ROOT/../shared/data/places" \
            --scenario "$ROOT/city/huzhou/demonstration.yaml" \
            --ledgers "$ROOT/city/huzhou/demonstration-ledgers.yaml" --language "$LANGUAGE_OF_WORDS") &
        STORY=$!
        report_devices 9>&- </dev/null >/dev/null 2>&1 &
        REPORTS=$!
    elif [ "$DEMO" = no ] && [ -s "$DATA/keys/first-administrator.password" ]; then
        words "管理员账号 admin，初始密码见 $DATA/keys/first-administrator.password" \
            "The first administrator is admin; the password is in $DATA/keys/first-administrator.password"
    fi
    words '按 Ctrl-C 停止。' 'Ctrl-C stops everything.'
    supervise
}

# Starts again what ends by itself, until the launcher is told to stop. What ends three times within
# half a minute is not started again: everything stops, so that the fault is seen.
supervise() {
    local falls=0 began
    while true; do
        wait -n
        if ! kill -0 "$PLATFORM" 2>/dev/null; then
            began=$PLATFORM_BEGAN
            words "平台意外结束，重新启动（日志：$DATA/logs）" "The platform ended unexpectedly and is started again (log: $DATA/logs)"
            launch_platform
        elif ! kill -0 "$GATEWAY" 2>/dev/null; then
            began=$GATEWAY_BEGAN
            words "网关意外结束，重新启动（日志：$DATA/logs）" "The gateway ended unexpectedly and is started again (log: $DATA/logs)"
            launch_gateway
        else
            continue
        fi
        [ $((SECONDS - began)) -lt 10 ] && falls=$((falls + 1)) || falls=0
        [ $falls -lt 3 ] || fail_start platform
    done
}

# One gateway apart, as many as wanted, each with a folder of its own; the arguments are its own.
run_gateway() {
    build_all
    [[ " $* " == *' --data'* ]] || set -- --data "$(data_folder)" "$@"
    java_main tiaoxi-gateway "$GATEWAY_OPTIONS -Dtiaoxi.logs=$(data_folder "$@")/logs" \
        cn.tiaoxi.gateway.Gateway "$@"
}

stop_platform() {
    local process
    process="$(running "$1/run/launcher.pid")" ||
        { words "$1 上没有运行中的平台" "Nothing runs on $1"; return; }
    kill -TERM "$process"
    while kill -0 "$process" 2>/dev/null; do sleep 0.1; done
    words '已停止。' 'Stopped.'
}

# The processes and all that they started, one a line.
family() {
    local process
    for process in "$@"; do
        echo "$process"
        # The kernel lists the children of each thread; the word splitting is wanted.
        # shellcheck disable=SC2046
        family $(cat "/proc/$process/task/"*/children 2>/dev/null)
    done
}

# Megabytes of memory that the processes and what they started hold; shared memory counts once.
memory() {
    family "$@" | sort -u | while read -r process; do
        sed -n 's/^Pss: *\([0-9]*\) kB/\1/p' "/proc/$process/smaps_rollup" 2>/dev/null
    done | { total=0; while read -r kilobytes; do total=$((total + kilobytes)); done
        echo $((total / 1024)); }
}

show_status() {
    local part file process all=()
    for part in launcher platform gateway postgresql; do
        file="$1/run/$part.pid"
        [ "$part" != postgresql ] || file="$1/postgres/data/postmaster.pid"
        if process="$(running "$file")"; then
            all+=("$process")
            printf '%-12s %8s\n' "$part" "$process"
        else
            printf '%-12s %8s\n' "$part" -
        fi
    done
    [ ${#all[@]} -gt 0 ] || { words "$1 上没有运行中的平台" "Nothing runs on $1"; return 1; }
    printf '%-12s %8s MB\n' "$(words 内存 memory)" "$(memory "${all[@]}")"
}

# Checks the given logs, or the platform's and the gateways' in the data folder.
# show_policy [--data DIR]: the gateway's policy files as JSON lines, their signatures checked.
show_policy() {
    local data
    data="$(data_folder "$@")" || exit 1
    build_all >&2
    java_main tiaoxi-command "$CALL_OPTIONS" cn.tiaoxi.command.PolicyShow "$data/keys/policy.pub" \
        "$data/gateway/policy.whole" "$data/gateway/policy.changes"
}

verify_trace() {
    [ "${1:-}" = verify ] || die '用法：./tiaoxi trace verify [--data DIR] [FOLDER …]' \
        'Usage: ./tiaoxi trace verify [--data DIR] [FOLDER …]'
    shift
    local data folders=()
    data="$(data_folder "$@")" || exit 1
    while [ $# -gt 0 ]; do
        case "$1" in
            --data) shift ;;
            --data=*) ;;
            *) folders+=("$1") ;;
        esac
        shift
    done
    if [ ${#folders[@]} -eq 0 ]; then
        mapfile -t folders < <(find "$data" -maxdepth 3 -name checkpoint -printf '%h\n' | sort)
        [ ${#folders[@]} -gt 0 ] || die "$data 中没有留痕日志" "There is no trace in $data"
    fi
    build_all
    java_main tiaoxi-gateway "$CALL_OPTIONS" cn.tiaoxi.trace.VerifyCommand "${folders[@]}"
}

run_bench() {
    [ $# -gt 0 ] || die '用法：./tiaoxi bench NAME [--quick]' 'Usage: ./tiaoxi bench NAME [--quick]'
    mkdir -p "$OUT"
    find_jdk
    build_benchmarks
    if [ "$1" = gateway ]; then
        fetch_peers
        build_spring_peer
    fi
    export TIAOXI_PEERS="$OUT/peers" GATEWAY_OPTIONS GATEWAY_CLASSPATH="$OUT/tiaoxi-gateway/classpath"
    cd "$ROOT" || return 1
    java_main tiaoxi-bench "$COMMON_OPTIONS" cn.tiaoxi.bench.Bench "$@"
}
