# What the launcher says: Chinese, English, or both where LANG names neither.

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in
    zh*) LANGUAGE_OF_WORDS=zh ;;
    en*) LANGUAGE_OF_WORDS=en ;;
    *) LANGUAGE_OF_WORDS=both ;;
esac

# words CHINESE ENGLISH: one line in the person's language.
words() {
    case "$LANGUAGE_OF_WORDS" in
        zh) echo "$1" ;;
        en) echo "$2" ;;
        both) echo "$1 · $2" ;;
    esac
}

# line COMMAND CHINESE ENGLISH: one entry of the list of commands.
line() {
    if [ ${#1} -le 34 ]; then
        printf '  ./tiaoxi %-34s  %s\n' "$1" "$(words "$2" "$3")"
    else
        printf '  ./tiaoxi %s\n%45s  %s\n' "$1" '' "$(words "$2" "$3")"
    fi
}

# die CHINESE ENGLISH: says why on the error stream and ends with 1.
die() {
    words "$@" >&2
    exit 1
}
