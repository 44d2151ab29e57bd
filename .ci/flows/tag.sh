#!/usr/bin/env bash
# By keys alone: three numbers tagged, two dismissed, one of them undone, saved, closed, opened again.
source "$(dirname "$0")/../desktop.sh"

desktop 1280 800
write_report
program "$REPORTS"
await "letters in the middle of the window" 20 text_is_shown
remember_margin

press Tab
decide Return 1 # 239.06亿元, as suggested
decide 1 2      # 19.4%, with the first favourite
decide Return 3 # 52家, as suggested
decide x 4      # 18.6亿元 is none
decide x 5      # 14家 is none
decide ctrl+z 6 # 14家 is open again

project=$WORK/saved
save_as "$project"
layer=$project/layers/ci/qinghe.ron
await "$layer" 10 test -s "$layer"
screenshot saved
quit

expect_count "$layer" 'tagged: (' 3
expect_count "$layer" 'dismissed: ' 1
expect_record "$layer" 239.06亿元 'value: "23906000000"'
expect_record "$layer" 239.06亿元 'origin: "prediction"'
expect_record "$layer" 19.4% 'value: "19.4"'
expect_record "$layer" 52家 'value: "52"'
expect_record "$layer" 18.6亿元 'dismissed: '
expect_count "$layer" 'quote: ' 4

# Opened again and saved without a change, every file stays as it is.
before=$(cd "$project" && find . -type f -exec sha256sum {} + | sort)
program "$project"
await "letters in the middle of the window" 20 text_is_shown
press ctrl+s
quit
after=$(cd "$project" && find . -type f -exec sha256sum {} + | sort)
[ "$before" = "$after" ] || fail "the same bytes after opening and saving; $(diff <(echo "$before") <(echo "$after"))"
echo "tag: $layer holds 3 tagged, 1 dismissed; the same bytes after opening again"
