# Finds the tools, and says how to get those that are missing.

# The version that a JDK's release file names; nothing if there is no JDK (with compiler) there.
jdk_version() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] &&
        sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$1/release"
}

# Exports JAVA_HOME of a JDK 25: JAVA_HOME itself, java on the path, or where systems keep JDKs.
find_jdk() {
    local candidate java
    java="$(command -v java || true)"
    for candidate in "${JAVA_HOME:-}" \
        "${java:+$(dirname "$(dirname "$(readlink -f "$java")")")}" \
        /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* /opt/*jdk*25* \
        "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25*; do
        case "$(jdk_version "$candidate")" in
            25 | 25.* | 25-*)
                export JAVA_HOME="$candidate"
                return ;;
        esac
    done
    die '找不到 JDK 25。请安装（Debian: apt install openjdk-25-jdk-headless；或 https://adoptium.net），或让 JAVA_HOME 指向它。' \
        'No JDK 25 found. Install one (Debian: apt install openjdk-25-jdk-headless; or https://adoptium.net), or let JAVA_HOME name it.'
}

# Ends with a clear message unless Maven, Node 20 or newer and npm are there.
check_build_tools() {
    local node
    command -v mvn >/dev/null || die \
        '找不到 Maven。请安装（Debian: apt install maven）。' \
        'No Maven found. Install it (Debian: apt install maven).'
    command -v node >/dev/null && command -v npm >/dev/null || die \
        '找不到 Node 与 npm。请安装 Node 20 或更新版本（Debian: apt install nodejs npm；或 https://nodejs.org）。' \
        'No Node with npm found. Install Node 20 or newer (Debian: apt install nodejs npm; or https://nodejs.org).'
    node="$(node --version)"
    node="${node#v}"
    [ "${node%%.*}" -ge 20 ] || die \
        "Node $node 太旧，需要 20 或更新版本（https://nodejs.org）。" \
        "Node $node is too old: 20 or newer is needed (https://nodejs.org)."
}

# java_main PROGRAM OPTIONS CLASS [ARGUMENT…]: becomes that Java program.
java_main() {
    local program="$1" options="$2"
    shift 2
    # Options are words without spaces.
    # shellcheck disable=SC2086
    exec "$JAVA_HOME/bin/java" $options "@$OUT/$program/classpath" "$@"
}
