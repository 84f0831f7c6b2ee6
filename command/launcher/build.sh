# Builds the pages and the programs into target/tiaoxi, and only what changed since the last time.
#
# target/tiaoxi/PROGRAM/PROGRAM.jar, lib/*.jar, classpath   what is run
# target/tiaoxi/platform.aot                                the start-up cache of the platform
# target/tiaoxi/*.stamp                                     what the parts were built from
# target/tiaoxi/build.log                                   what the tools said

BUILD_STEP=0
BUILD_STEPS=0

# A line for each source file, so that a change, an addition or a removal shows. What tests leave
# beside the sources is none.
fingerprint() {
    local folders=("$@")
    find "${folders[@]}" \
        \( -name node_modules -o -name dist -o -name target -o -name .jqwik-database -o \
        -path '*/src/test' \) -prune -o \
        -type f -printf '%p %s %T@\n' 2>/dev/null | LC_ALL=C sort | cksum
}

web_fingerprint() { fingerprint "$ROOT/web"; }

packages_fingerprint() { fingerprint "$ROOT"/web/package*.json; }

java_fingerprint() {
    fingerprint "$ROOT/pom.xml" "$ROOT/.mvn" "$ROOT"/{contract,trace,lake,gateway,platform,command}
    cat "$OUT/web.stamp" 2>/dev/null
}

bench_fingerprint() { fingerprint "$ROOT/pom.xml" "$ROOT"/{contract,trace,lake,gateway,platform,command,bench}; }

# fresh STAMP FINGERPRINT: whether the part was built from just that.
fresh() { [ "$(cat "$OUT/$1.stamp" 2>/dev/null)" = "$2" ]; }

# step CHINESE ENGLISH COMMAND…: runs one step of the build with its output in the log, shows its
# time, and ends the launcher with the errors in the log if it fails.
step() {
    local begin=$SECONDS title tool status
    BUILD_STEP=$((BUILD_STEP + 1))
    title="[$BUILD_STEP/$BUILD_STEPS] $(words "$1" "$2")"
    shift 2
    printf '%s …' "$title"
    "$@" >"$OUT/build.log" 2>&1 </dev/null &
    tool=$!
    trap 'kill -TERM $tool 2>/dev/null; exit 130' INT TERM HUP
    while [ -t 1 ] && kill -0 "$tool" 2>/dev/null; do
        printf '\r%s … %d s ' "$title" $((SECONDS - begin))
        sleep 1
    done
    wait "$tool"
    status=$?
    trap - INT TERM HUP
    [ ! -t 1 ] || printf '\r%s …' "$title"
    printf ' %d s   \n' $((SECONDS - begin))
    [ $status -eq 0 ] && return
    grep -aE '\[ERROR\]|ERR!|error' "$OUT/build.log" | head -n 40 >&2
    die "失败。完整输出见 $OUT/build.log" "Failed. The whole output is in $OUT/build.log"
}

install_web_packages() { (cd "$ROOT/web" && npm ci --no-audit --no-fund); }

build_pages() { (cd "$ROOT/web" && npm run build); }

# assemble MODULE…: packages the modules and puts each, with what it needs, under target/tiaoxi.
assemble() {
    local module modules
    modules="$(IFS=,; echo "$*")"
    for module in "$@"; do
        rm -rf "$ROOT/$module/target/lib"
    done
    forget_removed_sources
    (cd "$ROOT" && mvn package -Passemble -Dmaven.test.skip=true -pl "$modules" -am) || return 1
    for module in "$@"; do
        copy_folder "$ROOT/$module/target/lib" "$OUT/tiaoxi-$module/lib" &&
            copy_changed "$ROOT/$module/target/tiaoxi-$module-$(product_version).jar" \
                "$OUT/tiaoxi-$module/tiaoxi-$module.jar" &&
            write_classpath "$OUT/tiaoxi-$module" "tiaoxi-$module" || return 1
    done
}

# Maven leaves what was made of a source that is gone: a class, a migration. Where the names of the
# sources differ from the last time, their modules begin anew.
forget_removed_sources() {
    local module names
    for module in contract trace lake gateway platform command bench; do
        names="$(find "$ROOT/$module/src/main" -type f 2>/dev/null | LC_ALL=C sort | cksum)"
        if ! fresh "names-$module" "$names"; then
            rm -rf "$ROOT/$module/target/classes" "$ROOT/$module/target/maven-status"
            echo "$names" >"$OUT/names-$module.stamp"
        fi
    done
}

# The program's own jar first, then its libraries in a fixed order, as the start-up cache is only
# accepted for the very same path.
write_classpath() {
    local jars
    jars="$(printf '%s\n' "$1"/lib/*.jar | LC_ALL=C sort)"
    echo "-cp \"$1/$2.jar:$(paste -sd: <<<"$jars")\"" >"$1/classpath"
}

# Makes the second folder hold the jars of the first. A jar that is the same keeps its time, on
# which the start-up cache depends.
copy_folder() {
    local jar
    mkdir -p "$2" || return 1
    for jar in "$2"/*.jar; do
        [ -e "$1/${jar##*/}" ] || rm -f "$jar"
    done
    for jar in "$1"/*.jar; do
        copy_changed "$jar" "$2/${jar##*/}" || return 1
    done
}

copy_changed() { cmp -s "$1" "$2" || cp -f "$1" "$2"; }

# What the start-up cache of the platform was trained on.
cache_fingerprint() {
    jdk_version "$JAVA_HOME"
    echo "$PLATFORM_OPTIONS"
    find "$OUT/tiaoxi-platform" -name '*.jar' -printf '%p %s %T@\n' | LC_ALL=C sort | cksum
}

# Brings everything up to date. One launcher builds at a time; the others wait for it.
build_all() {
    mkdir -p "$OUT" || die "无法写入 $OUT" "Cannot write to $OUT"
    find_jdk
    exec 8>"$OUT/build.lock"
    flock 8
    local web java cache todo=()
    web="$(web_fingerprint)"
    if [ -d "$ROOT/web" ] && ! { fresh web "$web" && [ -e "$ROOT/web/dist/index.html" ]; }; then
        fresh packages "$(packages_fingerprint)" && [ -d "$ROOT/web/node_modules" ] ||
            todo+=(packages)
        todo+=(pages java)
    elif ! fresh java "$(java_fingerprint)"; then
        todo+=(java)
    fi
    [ ${#todo[@]} -eq 0 ] || check_build_tools
    BUILD_STEP=0
    BUILD_STEPS=${#todo[@]}
    [ $BUILD_STEPS -eq 0 ] || [ "${TIAOXI_CACHE:-on}" = off ] || BUILD_STEPS=$((BUILD_STEPS + 1))
    case " ${todo[*]} " in *' packages '*)
        step '安装网页依赖' 'Packages of the pages' install_web_packages
        packages_fingerprint >"$OUT/packages.stamp" ;;
    esac
    case " ${todo[*]} " in *' pages '*)
        step '构建网页' 'Pages' build_pages
        web_fingerprint >"$OUT/web.stamp" ;;
    esac
    case " ${todo[*]} " in *' java '*)
        java="$(java_fingerprint)"
        step '构建程序（首次需下载依赖）' 'Programs (downloads their libraries the first time)' \
            assemble platform gateway command
        echo "$java" >"$OUT/java.stamp" ;;
    esac
    cache="$(cache_fingerprint)"
    if ! fresh cache "$cache" && [ "${TIAOXI_CACHE:-on}" != off ]; then
        BUILD_STEPS=$((BUILD_STEP + 1))
        step '训练启动缓存' 'Start-up cache' train_start_up
        echo "$cache" >"$OUT/cache.stamp"
    fi
    exec 8>&-
}

# Starts the platform once on an empty data folder, so that the JVM notes what a start needs.
# Without a cache everything works, only slower: a failure here is told and does not end the build.
train_start_up() {
    local folder port platform
    folder="$(mktemp -d)" && port="$(free_port)" || return 1
    rm -f "$OUT/platform.aot"
    start_platform "$folder" "$port" http://127.0.0.1:0 "-XX:AOTCacheOutput=$OUT/platform.aot" >"$folder/log" 2>&1 &
    platform=$!
    wait_until_healthy "$port" /actuator/health "$platform" 300 &&
        http_status "$port" / && http_status "$port" /api/v1/session
    kill -TERM "$platform"
    wait "$platform"
    cat "$folder/log"
    rm -rf "$folder"
    [ -s "$OUT/platform.aot" ] || words '没有启动缓存' 'There is no start-up cache'
}

# Brings the benchmarks up to date.
build_benchmarks() {
    local fingerprint
    fingerprint="$(bench_fingerprint)"
    fresh bench "$fingerprint" && return
    check_build_tools
    BUILD_STEP=0
    BUILD_STEPS=1
    step '构建基准测试' 'Benchmarks' assemble bench gateway
    echo "$fingerprint" >"$OUT/bench.stamp"
}
