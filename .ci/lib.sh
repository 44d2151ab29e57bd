# Steps of .ci/run: each with its title, its time and its verdict.

PASSED=0
FAILED=0
SUMMARY=()

# step TITLE COMMAND… — runs the command, in which any failing line fails the step.
step() {
    local title=$1 start=$SECONDS verdict=ok
    shift
    printf '\n== %s: %s\n' "$title" "$*"
    set +e
    (set -euo pipefail; "$@")
    [ $? -eq 0 ] || verdict=FAILED
    set -e
    if [ "$verdict" = ok ]; then PASSED=$((PASSED + 1)); else FAILED=$((FAILED + 1)); fi
    SUMMARY+=("$(printf '%-32s %-7s %5d s' "$title" "$verdict" $((SECONDS - start)))")
    printf -- '-- %s: %s, %d s\n' "$title" "$verdict" $((SECONDS - start))
}

# finish — prints every step once more and the count; exits 1 when one has failed.
finish() {
    printf '\n'
    printf '%s\n' "${SUMMARY[@]}"
    printf '%d s in all\n' "$SECONDS"
    printf 'ci: %d passed, %d failed\n' "$PASSED" "$FAILED"
    [ "$FAILED" -eq 0 ]
}
