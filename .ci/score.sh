#!/usr/bin/env bash
# Scores `extract` against the gold reports beside this checkout, each alone and all together.
# usage: .ci/score.sh [path of the binary]
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${1:-target/release/indicator-annotator}
shared=../shared
if [ ! -d "$shared/gold" ]; then
    echo "skipped: there is no $shared/gold to score against"
    exit 0
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
pairs=()
for gold in "$shared"/gold/*.jsonl; do
    name=$(basename "$gold" .jsonl)
    "$binary" extract "$shared/reports/$name.txt" > "$out/$name.jsonl"
    echo "== $name"
    python3 "$shared/gold/score.py" "$out/$name.jsonl" "$gold"
    pairs+=("$out/$name.jsonl" "$gold")
done
echo "== all together"
python3 "$shared/gold/score.py" "${pairs[@]}"
