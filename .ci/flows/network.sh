#!/usr/bin/env bash
# The program uses no network: the system calls of a run with the window, and of the subcommands, have no such socket.
source "$(dirname "$0")/../desktop.sh"

TRACE=$WORK/calls
REAL=$BINARY

command -v strace >/dev/null || { echo "network: skipped, strace is not installed"; exit 0; }
strace -f -o "$WORK/may" true 2>/dev/null || { echo "network: skipped, programs may not be traced here"; exit 0; }

traced() { strace -f -qq -e trace=socket,connect,sendto,bind,listen -o "$TRACE.$1" "${@:2}"; }
has_network() { grep -hE 'AF_INET|AF_NETLINK|AF_PACKET' "$TRACE".* >"$WORK/found"; }

# The trace shows such a socket where there is one, or it would prove nothing.
traced control bash -c 'exec 3<>/dev/tcp/127.0.0.1/1' 2>/dev/null || true
has_network || fail "the trace of a program that uses the network to show it"
rm "$TRACE.control"

# The window: opening, deciding, searching, saving.
cat >"$WORK/traced" <<SCRIPT
#!/usr/bin/env bash
exec strace -f -qq -e trace=socket,connect,sendto,bind,listen -o "$TRACE.window" "$REAL" "\$@"
SCRIPT
chmod +x "$WORK/traced"
BINARY=$WORK/traced
desktop 1280 800
write_report
program "$REPORTS"
await "letters in the middle of the window" 30 text_is_shown
remember_margin
press Tab Return
save_as "$WORK/saved"
press ctrl+f
xdotool type --delay 15 亿元
quit
grep -q AF_UNIX "$TRACE.window" || fail "the window's own connection to the display in its trace"

# The subcommands.
project=$WORK/saved
traced extract "$REAL" extract "$ROOT"/sample_docs/*.txt >/dev/null
traced suggest "$REAL" extract --suggest "$project" >/dev/null
traced check "$REAL" check "$project" >/dev/null 2>&1 || true
traced export "$REAL" export "$project" --to jsonl --layer ci --out "$WORK/out.jsonl" >/dev/null
traced import "$REAL" import "$project" "$WORK/out.jsonl" >/dev/null
traced agree "$REAL" agree "$project" >/dev/null 2>&1 || true

if has_network; then fail "no socket of a network, found: $(head -3 "$WORK/found")"; fi
echo "network: no socket of a network in $(cat "$TRACE".* | wc -l) calls about sockets"
