#!/usr/bin/env bash
# The program starts on the samples, shows a report, and closes without an error.
source "$(dirname "$0")/../desktop.sh"

desktop 1280 800
program "$ROOT/sample_docs"
await "letters in the middle of the window" 20 text_is_shown
screenshot shown
found=$(colours 1280x800+0+0)
[ "$found" -ge 200 ] || fail "at least 200 colours in the window, found $found"
quit
echo "smoke: $found colours, $SHOTS/smoke-shown.png"
