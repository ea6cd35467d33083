#!/bin/sh
# Stands in for ssh: what comes before -- are options, then destination and command line, which runs in another home
# folder. FAKE_SSH is a folder; its file "mode" says how the connection fares.
: >"$FAKE_SSH/arguments"
while [ "$1" != -- ]; do printf '%s\n' "$1" >>"$FAKE_SSH/arguments"; shift; done
printf '%s\n' "$2" >>"$FAKE_SSH/arguments"
export HOME="$FAKE_SSH/home 'of' \$you"
cd "$HOME" || exit 255
unset PAPILIO_HOSTS PAPILIO_SSH XDG_CONFIG_HOME
case $(cat "$FAKE_SSH/mode") in
refuse) echo "you@there: Permission denied (publickey,password)." >&2; exit 255 ;;
unknown) echo "Host key verification failed." >&2; exit 255 ;;
down) echo "ssh: connect to host there port 22: Connection timed out" >&2; exit 255 ;;
noshell) echo "This account is currently not available."; exit 1 ;;
endless) sh -c "$3"; head -c 3000000 /dev/zero | tr '\0' x; exit 0 ;;
banner) printf 'Welcome to the machine\npapilio-1-2\n  {"event":"epoch"} and no line end'; sh -c "$3"; exit $? ;;
drop) # the line carries a megabyte either way, then it is cut
    cat >"$FAKE_SSH/in"; head -c 1000000 "$FAKE_SSH/in" | sh -c "$3" >"$FAKE_SSH/out"; head -c 1000000 "$FAKE_SSH/out"
    [ $(wc -c <"$FAKE_SSH/in") -le 1000000 ] && [ $(wc -c <"$FAKE_SSH/out") -le 1000000 ] && exit 0
    echo cut >>"$FAKE_SSH/cuts"; echo "client_loop: send disconnect: Broken pipe" >&2; exit 255 ;;
*) exec sh -c "$3" ;;
esac
