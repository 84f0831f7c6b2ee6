# Programs of others that benchmarks run beside ours: Debian's packages, unpacked into a folder of the
# launcher's and never installed, since an installed nginx starts at once.

# Unpacks wrk, nginx and nginx's Lua module into target/tiaoxi/peers, unless the machine has them. Where
# they are not to be had it says so, and the benchmark leaves them out.
fetch_peers() {
    local root="$OUT/peers" archives="$OUT/peers/archives" package
    [ ! -x "$root/usr/bin/wrk" ] || return 0
    ! command -v wrk >/dev/null || [ ! -e /usr/lib/nginx/modules/ngx_http_lua_module.so ] || return 0
    mkdir -p "$archives/partial"
    words '获取 wrk 与 nginx …' 'Fetching wrk and nginx …'
    apt-get update -q >/dev/null 2>&1
    if ! apt-get install -y -q --no-install-recommends --download-only -o Debug::NoLocking=1 \
        -o "Dir::Cache::archives=$archives" wrk nginx libnginx-mod-http-lua >"$root/apt.log" 2>&1; then
        words "无法获取，见 $root/apt.log" "They cannot be had, see $root/apt.log"
        return 0
    fi
    for package in "$archives"/*.deb; do
        dpkg -x "$package" "$root"
    done
}

# Builds Spring Cloud Gateway, if Maven can get it; the benchmark says when it is not there.
build_spring_peer() {
    local folder="$ROOT/bench/peers/spring-cloud-gateway"
    [ -e "$folder/target/peer.jar" ] ||
        mvn -q -f "$folder" package >"$OUT/spring-peer.log" 2>&1 ||
        words "Spring Cloud Gateway 无法构建，见 $OUT/spring-peer.log" \
            "Spring Cloud Gateway cannot be built, see $OUT/spring-peer.log"
}
