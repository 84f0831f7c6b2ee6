# Programs of others that benchmarks and tests run beside ours: Debian's packages, unpacked into a folder of the
# launcher's and never installed, since an installed nginx starts at once.

# unpack_peers PACKAGE…: unpacks Debian packages with what they need into target/tiaoxi/peers.
unpack_peers() {
    local root="$OUT/peers" archives="$OUT/peers/archives" package
    mkdir -p "$archives/partial"
    words "获取 $* …" "Fetching $* …"
    apt-get update -q >/dev/null 2>&1
    if ! apt-get install -y -q --no-install-recommends --download-only -o Debug::NoLocking=1 \
        -o "Dir::Cache::archives=$archives" "$@" >"$root/apt.log" 2>&1; then
        words "无法获取，见 $root/apt.log" "They cannot be had, see $root/apt.log"
        return 0
    fi
    for package in "$archives"/*.deb; do
        dpkg -x "$package" "$root"
    done
}

# Unpacks a server that speaks Valkey's language, unless the machine has one, for the tests of quotas.
fetch_quota_store() {
    [ ! -e "$OUT/peers/usr/bin/redis-server" ] || return 0
    ! command -v valkey-server >/dev/null || return 0
    ! command -v redis-server >/dev/null || return 0
    command -v apt-get >/dev/null || return 0
    unpack_peers redis-server
}

# Unpacks a client that loads HTTP/2, unless the machine has one, for the tests of the gateway's front.
fetch_h2load() {
    [ ! -e "$OUT/peers/usr/bin/h2load" ] || return 0
    ! command -v h2load >/dev/null || return 0
    command -v apt-get >/dev/null || return 0
    unpack_peers nghttp2-client
}

# Unpacks wrk, nginx and nginx's Lua module into target/tiaoxi/peers, unless the machine has them. Where
# they are not to be had it says so, and the benchmark leaves them out.
fetch_peers() {
    [ ! -x "$OUT/peers/usr/bin/wrk" ] || return 0
    ! command -v wrk >/dev/null || [ ! -e /usr/lib/nginx/modules/ngx_http_lua_module.so ] || return 0
    unpack_peers wrk nginx libnginx-mod-http-lua
}

# Builds Spring Cloud Gateway, if Maven can get it; the benchmark says when it is not there.
build_spring_peer() {
    local folder="$ROOT/bench/peers/spring-cloud-gateway"
    [ -e "$folder/target/peer.jar" ] ||
        mvn -q -f "$folder" package >"$OUT/spring-peer.log" 2>&1 ||
        words "Spring Cloud Gateway 无法构建，见 $OUT/spring-peer.log" \
            "Spring Cloud Gateway cannot be built, see $OUT/spring-peer.log"
}
