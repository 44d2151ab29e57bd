# A desktop without a screen for the flows: Xvfb, a window manager, the program, keys.
#
# Nothing waits blindly: `await` looks for a condition until its time is up, and then tells what was
# expected and where the last screenshot is.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
FLOW=$(basename "$0" .sh)
BINARY=${BINARY:-$ROOT/target/release/indicator-annotator}
SHOTS=$ROOT/target/ci
WORK=$(mktemp -d)
STARTED=()

export INDICATOR_ANNOTATOR_DATA=$WORK/data LIBGL_ALWAYS_SOFTWARE=1 USER=ci
unset WAYLAND_DISPLAY

clean_up() {
    for pid in "${STARTED[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$WORK"
}
trap clean_up EXIT

# fail WORDS — ends the flow with the words, a screenshot and the program's last words.
fail() {
    echo "$FLOW: expected $1" >&2
    if [ -n "${PROGRAM:-}" ] && ! has_ended && screenshot failed; then
        echo "$FLOW: screenshot: $SHOTS/$FLOW-failed.png" >&2
    fi
    [ -s "$WORK/program.log" ] && tail -5 "$WORK/program.log" >&2
    exit 1
}

# await WHAT SECONDS COMMAND… — runs the command again and again until it succeeds.
await() {
    local what=$1 end=$((SECONDS + $2))
    shift 2
    until "$@" 2>/dev/null; do
        [ "$SECONDS" -lt "$end" ] || fail "$what"
        sleep 0.05
    done
}

# desktop WIDTH HEIGHT — starts the screen and its window manager.
desktop() {
    mkdir -p "$SHOTS"
    Xvfb -displayfd 3 -screen 0 "$1x$2x24" -nolisten tcp 3>"$WORK/display" >/dev/null 2>&1 &
    STARTED+=($!)
    await "an X display" 20 test -s "$WORK/display"
    DISPLAY=:$(cat "$WORK/display")
    export DISPLAY
    openbox >/dev/null 2>&1 &
    STARTED+=($!)
    await "a window manager" 20 window_manager_is_there
    SCREEN=("$1" "$2")
}

window_manager_is_there() { [ "$(xdotool get_num_desktops)" -gt 0 ]; }

# program PATH… — starts the program and waits until it shows what lies at the paths.
program() {
    "$BINARY" "$@" >"$WORK/program.log" 2>&1 &
    PROGRAM=$!
    STARTED+=("$PROGRAM")
    await "a window" 30 find_window
    xdotool windowsize "$WINDOW" "${SCREEN[0]}" $((SCREEN[1] - 22)) windowmove "$WINDOW" 0 0 windowfocus "$WINDOW"
    await "a title that names the project" 30 has_project_title
}

find_window() {
    WINDOW=$(xdotool search --onlyvisible --class indicator-annotator | head -n 1)
    [ -n "$WINDOW" ]
}

has_project_title() { xdotool getwindowname "$WINDOW" | grep -q ' — '; }

# press KEY… — keys one after another, as xdotool names them.
press() { xdotool key --delay 30 "$@"; }

# screenshot NAME
screenshot() { import -window root "$SHOTS/$FLOW-$1.png" 2>/dev/null; }

# colours GEOMETRY — how many different colours a part of the screen has.
colours() { import -window root -crop "$1" +repage -format '%k' info:; }

# A sheet in front of the text darkens everything beside it, also the list of reports.
margin_colour() { import -window root -crop 1x1+6+560 +repage -format '%[pixel:p{0,0}]' info:; }
remember_margin() { MARGIN=$(margin_colour); }
sheet_is_open() { [ "$(margin_colour)" != "$MARGIN" ]; }
no_sheet_is_open() { [ "$(margin_colour)" = "$MARGIN" ]; }

# text_is_shown — whether the middle of the window has letters, which have many shades.
text_is_shown() { [ "$(colours 600x240+280+120)" -ge 40 ]; }

# save_as FOLDER — saves by keys into a typed folder.
save_as() {
    press ctrl+s
    await "a box for the folder to save in" 10 sheet_is_open
    press ctrl+a
    xdotool type --delay 15 "$1"
    press Return
    await "$1/project.ron" 10 test -s "$1/project.ron"
    await "the box to close" 10 no_sheet_is_open
}

# quit — closes the program by its key; it must end by itself and without an error.
quit() {
    press ctrl+q
    await "the program to end" 20 has_ended
    local code=0
    wait "$PROGRAM" || code=$?
    [ "$code" -eq 0 ] || fail "exit code 0, got $code"
}

has_ended() { ! kill -0 "$PROGRAM" 2>/dev/null; }

# journalled COUNT — whether so many gestures stand in journals. A temporary file is no journal yet.
journalled() { [ "$(find "$INDICATOR_ANNOTATOR_DATA/recovery" -name '*.log' -exec cat {} + | grep -c 'edits:' || true)" -eq "$1" ]; }

# decide KEY COUNT — presses a key and waits until its decision is safe in the journal.
decide() {
    press "$1"
    await "$2 gestures in the journal after $1" 10 journalled "$2"
}

# record LAYER QUOTE — the decision of a layer on the words.
record() { awk -v quote="quote: \"$2\"," 'index($0, quote) { on = 1 } on; on && /check:/ { exit }' "$1"; }

# expect_record LAYER QUOTE WORDS — the decision on the quoted words must contain the words.
expect_record() { record "$1" "$2" | grep -qF -- "$3" || { cat "$1" >&2; fail "'$3' in the decision on $2 in ${1##*/}"; }; }

# expect_count LAYER WORDS COUNT — so many decisions of the layer must begin a line with these words.
# What had been proposed for a decision stands deeper and does not count.
expect_count() {
    local found
    found=$(grep -c -- "^            $2" "$1" || true)
    [ "$found" -eq "$3" ] || { cat "$1" >&2; fail "$3 × '$2' in ${1##*/}, found $found"; }
}

# write_report — a folder with one small report that has five open numbers; answers in REPORTS.
write_report() {
    REPORTS=$WORK/reports
    mkdir -p "$REPORTS"
    cat >"$REPORTS/qinghe.txt" <<'REPORT'
清河市2024年科技工作总结

2024年,全社会R&D投入239.06亿元,增长19.4%。新增高新技术企业52家,技术合同成交额18.6亿元。建成众创空间14家。
REPORT
}
