# Runs every test: the pages' checks, all Maven modules, the whole system.

# Installs what the tests need from Debian's packages: a browser, Chinese type.
install_test_packages() {
    local missing=() root=()
    command -v chromium >/dev/null || missing+=(chromium)
    [ -n "$(find /usr/share/fonts ~/.fonts ~/.local/share/fonts -iname '*NotoSansCJK*' -print -quit 2>/dev/null)" ] ||
        missing+=(fonts-noto-cjk)
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" = 0 ] || root=(sudo -n)
    if ! command -v apt-get >/dev/null || ! "${root[@]+"${root[@]}"}" true 2>/dev/null; then
        die "测试需要 ${missing[*]}。请以 root 运行：apt-get install --no-install-recommends ${missing[*]}" \
            "The tests need ${missing[*]}. As root: apt-get install --no-install-recommends ${missing[*]}"
    fi
    words "安装 ${missing[*]} …" "Installing ${missing[*]} …"
    "${root[@]+"${root[@]}"}" apt-get update -q >/dev/null &&
        "${root[@]+"${root[@]}"}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null ||
        die '安装失败' 'The installation failed'
}

# sum NAME FILE…: adds up an attribute of the suites in test reports.
sum() {
    local name="$1" total=0 number
    shift
    while read -r number; do
        total=$((total + number))
    done < <(for file in "$@"; do
        tr '\n' ' ' <"$file" | grep -oE '<testsuite [^>]*>' |
            grep -oE " $name=\"[0-9]+\"" | grep -oE '[0-9]+'
    done)
    echo "$total"
}

test_pages() {
    [ -d "$ROOT/web" ] || return 0
    cd "$ROOT/web" || return 1
    [ -d node_modules ] || install_web_packages >/dev/null || return 1
    npm run --silent check &&
        npm test --silent -- --reporter=default --reporter=junit \
            --outputFile.junit="$OUT/web-tests.xml"
}

test_programs() {
    cd "$ROOT" && mvn verify --fail-at-end
}

test_all() {
    install_test_packages
    fetch_quota_store
    fetch_h2load
    build_all
    check_build_tools
    local begin=$SECONDS status=0 pages reports
    rm -f "$OUT/web-tests.xml" "$ROOT"/*/target/surefire-reports/TEST-*.xml
    # The pages' checks wait for one core at most, so they run beside the first modules.
    (test_pages) >"$OUT/pages.log" 2>&1 &
    pages=$!
    (test_programs) || status=1
    wait "$pages" || status=1
    cat "$OUT/pages.log"
    shopt -s nullglob
    reports=("$OUT"/web-tests.xml "$ROOT"/*/target/surefire-reports/TEST-*.xml)
    [ ! -e "${reports[0]}" ] && reports=("${reports[@]:1}")
    local tests failed skipped
    tests=$(sum tests "${reports[@]}")
    failed=$(($(sum failures "${reports[@]}") + $(sum errors "${reports[@]}")))
    skipped=$(sum skipped "${reports[@]}")
    [ "$failed" -eq 0 ] || status=1
    [ "$tests" -gt 0 ] || status=1
    words "用时 $((SECONDS - begin)) 秒" "Took $((SECONDS - begin)) s"
    [ $status -eq 0 ] || words '未通过：见上文' 'Not passed: see above'
    echo "$((tests - failed - skipped)) passed, $failed failed, $skipped skipped"
    exit $status
}
