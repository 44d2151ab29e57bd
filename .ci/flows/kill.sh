#!/usr/bin/env bash
# Work survives the program being killed: it is offered, not applied silently, and restored by one key.
source "$(dirname "$0")/../desktop.sh"

kill_program() {
    kill -KILL "$PROGRAM"
    # The shell tells of the killed child; here that is no news.
    wait "$PROGRAM" 2>/dev/null || true
}

# Whether the decision on 52家 has reached the disk, in the journal or in the layer's file.
is_safe() { journalled 1 || grep -qF 'quote: "52家"' "$layer"; }

desktop 1280 800
write_report

# Killed before the project had any place.
program "$REPORTS"
await "letters in the middle of the window" 20 text_is_shown
remember_margin
press Tab
decide Return 1 # 239.06亿元
decide x 2      # 19.4%
kill_program

program "$REPORTS"
await "unsaved work to be offered" 20 sheet_is_open
screenshot offered
press Return
await "the offer to close" 10 no_sheet_is_open
project=$WORK/saved
save_as "$project"
layer=$project/layers/ci/qinghe.ron
await "$layer" 10 test -s "$layer"
expect_count "$layer" 'quote: ' 2
expect_record "$layer" 239.06亿元 'value: "23906000000"'
expect_record "$layer" 19.4% 'dismissed: '

# Killed just after another decision: in the file already, or offered.
press Tab
press x # 52家
await "the decision on 52家 in the journal or the file" 10 is_safe
kill_program
program "$project"
await "letters in the middle of the window, or an offer" 20 text_is_shown
if sheet_is_open; then press Return; fi
await "the decision on 52家 in the file" 10 grep -qF 'quote: "52家"' "$layer"
quit
expect_count "$layer" 'quote: ' 3
expect_record "$layer" 52家 'dismissed: '
echo "kill: both times nothing was lost"
