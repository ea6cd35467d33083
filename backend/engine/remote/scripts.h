// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace papilio::engine::scripts
{

// POSIX shell, each one line and without the quotation mark ' (see Ssh). $1 engine, $2 working folder, $3 the run's
// folder in it; then what each takes. Everything comes as an argument, nothing is pasted into the text.

/// born PROCESS: tells one process from a later one of the same number. The start in ticks since the boot, as no clock, no
/// language and no time zone changes it; the time as text only where there is no /proc.
inline const std::string born =
    "born() { if [ -r /proc/self/stat ]; then s=$(cat \"/proc/$1/stat\" 2>/dev/null); s=\"${s##*\\)}\"; set -- $s; echo \"${20}\"; "
    "else echo $(LC_ALL=C TZ=UTC0 ps -o lstart= -p \"$1\" 2>/dev/null); fi; }; ";

/// Sets e, f and d; paths without a leading / are in the home folder.
inline const std::string begin =
    "e=$1; case $e in \"~/\"*) e=\"$HOME/${e#\"~/\"}\";; /*) ;; */*) e=\"$HOME/$e\";; esac; "
    "f=$2; case $f in \"~\") f=$HOME;; \"~/\"*) f=\"$HOME/${f#\"~/\"}\";; /*) ;; *) f=\"$HOME/$f\";; esac; "
    "d=\"$f/$3\"; shift 3; "
    "size() { echo $(($(wc -c <\"$1\"))); }; "
    "sum() { if command -v sha256sum >/dev/null 2>&1; then sha256sum <\"$1\"; else shasum -a 256 <\"$1\"; fi; }; "
    + born +
    "state() { if [ -f \"$d/exit\" ]; then echo \"ended $(cat \"$d/exit\")\"; "
    "elif [ -f \"$d/pid\" ]; then { read -r p; read -r h; read -r b; } <\"$d/pid\"; "
    "if [ \"$h\" != \"$(uname -n)\" ]; then echo \"elsewhere $h\"; "
    "elif kill -0 \"$p\" 2>/dev/null && [ \"$b\" = \"$(born \"$p\")\" ]; then echo running; "
    "else sleep 1; if [ -f \"$d/exit\" ]; then echo \"ended $(cat \"$d/exit\")\"; else echo gone; fi; fi; "
    "elif [ -f \"$d/project.papilio\" ]; then echo ready; else echo absent; fi; }; ";

inline const std::string state = begin + "state";

/// The same in the run's folder; exit code 7: there is none.
inline const std::string inside = begin + "cd \"$d\" || exit 7; ";

/// $1 name of the growing file, $2 bytes that it is to have: how much of it is there. One that is too long begins anew.
inline const std::string uploaded =
    begin + "mkdir -p \"$d\" && cd \"$d\" && : >>\"$1\" && if [ \"$(size \"$1\")\" -gt \"$2\" ]; then : >\"$1\"; fi && size \"$1\"";

/// $1 growing file, $2 bytes that it has, $3 bytes that it is to have, $4 their sum; standard input: the rest.
inline const std::string upload =
    inside + "if [ \"$(size \"$1\")\" != \"$2\" ]; then echo moved; exit 0; fi; cat >>\"$1\"; "
            "if [ \"$(size \"$1\")\" -gt \"$3\" ]; then rm -f \"$1\"; echo bad; exit 0; fi; "
            "if [ \"$(size \"$1\")\" != \"$3\" ]; then echo short; exit 0; fi; s=$(sum \"$1\"); "
            "if [ \"${s%% *}\" = \"$4\" ]; then mv \"$1\" project.papilio && echo good; else rm -f \"$1\"; echo bad; fi";

/// Runs in the background there: $@ the command.
inline const std::string runner =
    born + "\"$@\" & p=$!; { echo $p; uname -n; born $p; } >pid.part; mv pid.part pid; "
    "wait $p; c=$?; echo $c >exit.part; mv exit.part exit";

/// $1 the runner, then words before the engine's command, --, words after it. The folder "starting" lets one at a time
/// in (a starter needs 21 s at most; what is left of one that died goes after 30 s); what runs already counts as started.
inline const std::string start =
    inside + "i=0; until mkdir starting 2>/dev/null; do i=$((i+1)); if [ $i -eq 30 ]; then rmdir starting 2>/dev/null; fi; "
            "if [ $i -gt 31 ]; then exit 0; fi; sleep 1; done; "
            "case $(state) in running|elsewhere*) rmdir starting; echo started; exit 0;; *) ;; esac; "
            "rm -f exit wish pid; r=$1; shift; n=$#; "
            "while [ $n -gt 0 ]; do w=$1; shift; n=$((n-1)); if [ \"$w\" = -- ]; then w=$e; fi; set -- \"$@\" \"$w\"; done; "
            "if command -v setsid >/dev/null 2>&1; then setsid nohup sh -c \"$r\" papilio \"$@\" </dev/null >>log.txt 2>&1 & "
            "else nohup sh -c \"$r\" papilio \"$@\" </dev/null >>log.txt 2>&1 & fi; "
            "i=0; while [ ! -f pid ] && [ $i -lt 30 ]; do if [ $i -lt 10 ]; then sleep 0.1 2>/dev/null; else sleep 1; fi; i=$((i+1)); done; "
            "rmdir starting; if [ -f pid ]; then echo started; fi";

/// $1 position in the events. Writes "data N" and N bytes, "alive" now and then, at last the state.
inline const std::string follow =
    inside + "p=$1; n=0; while :; do s=$(state); z=0; "
            "if [ -f events.jsonl ]; then z=$(size events.jsonl); fi; "
            "if [ $z -gt $p ]; then echo \"data $((z-p))\"; tail -c +$((p+1)) events.jsonl | head -c $((z-p)); p=$z; n=0; fi; "
            "case $s in running|elsewhere*) ;; *) echo \"$s\"; exit 0;; esac; "
            "n=$((n+1)); if [ $n -ge 10 ]; then n=0; echo alive || exit 0; fi; sleep 1; done";

/// $1 what the training is to do.
inline const std::string wish = inside + "echo \"$1\" >wish.part && mv wish.part wish";
inline const std::string terminate =
    begin + "case $(state) in running) { read -r p; } <\"$d/pid\"; kill -TERM \"$p\";; *) ;; esac";
inline const std::string logEnd = begin + "tail -c 4000 \"$d/log.txt\" 2>/dev/null; true";

/// $1 number of the run: has it written to a file, tells how that went, and the file's size and sum.
inline const std::string pack =
    inside + "rm -f run.papilio; if o=$(\"$e\" runs project.papilio --run \"$1\" --output run.papilio 2>&1) "
            "&& [ -f run.papilio ]; then echo \"file $(size run.papilio) $(sum run.papilio)\"; else echo \"$o\"; fi";
/// $1 the first byte, from 1.
inline const std::string rest = begin + "tail -c +\"$1\" \"$d/run.papilio\"";
inline const std::string remove =
    begin + "case $(state) in running|elsewhere*) echo running;; *) if [ -f \"$d/project.papilio\" ] || [ ! -e \"$d\" ]; then rm -rf \"$d\"; fi;; esac";

/// What a test of the host wants to know, a line each.
inline const std::string look =
    begin + "echo \"system $(uname -sm)\"; if command -v \"$e\" >/dev/null 2>&1; then echo \"engine $(command -v \"$e\")\"; "
            "h=$(\"$e\" serve </dev/null 2>/dev/null | head -n 1); echo \"hello $h\"; "
            "if [ -z \"$h\" ]; then echo \"said $(\"$e\" --version 2>&1 | head -n 1)\"; fi; fi; "
            "if mkdir -p \"$f\" 2>/dev/null && [ -w \"$f\" ]; then echo \"folder $f\"; echo \"space $(df -Pk \"$f\" | tail -n 1)\"; fi; "
            "if command -v sha256sum >/dev/null 2>&1 || command -v shasum >/dev/null 2>&1; then echo sums; fi; "
            "if [ $# -gt 0 ]; then if command -v \"$1\" >/dev/null 2>&1; then echo launch; fi; fi";

} // namespace papilio::engine::scripts
