# An editor at a terminal, driven as a person would. Sourced after common.sh; needs tmux.

socket=cable-editor-$$

# Also when a run is broken off.
close_terminal() { tmux -L "$socket" kill-server 2>/dev/null || true; }
trap close_terminal EXIT

# open_terminal ROWS FOLDER COMMAND...: a terminal of its own for the command.
open_terminal() {
    local rows=$1 folder=$2
    shift 2
    terminal_opened=${EPOCHREALTIME/[^0-9]/}
    tmux -L "$socket" -f /dev/null new-session -d -s look -x 110 -y "$rows" -c "$folder" "$@"
}

# first_squiggle: how long a person waited for the first diagnostic. Said where it is seen; the screen is looked at every
# 50 ms.
first_squiggle() {
    echo "      first squiggle on the screen $(((${EPOCHREALTIME/[^0-9]/} - terminal_opened) / 1000)) ms after the editor was started"
}

screen() { tmux -L "$socket" capture-pane -p -t look; }
keys() { tmux -L "$socket" send-keys -t look "$@"; }
shows() { screen | grep -qE -- "$1"; }
hides() { ! shows "$1"; }
has_left() { ! tmux -L "$socket" has-session 2>/dev/null; }

# see WHAT PATTERN, and gone WHAT PATTERN: wait until the screen shows it, or no longer does. What it showed instead is
# printed.
see() { if wait_for "$patience" shows "$2"; then pass "screen: $1"; else fail "screen: $1"; screen || true; fi; }
gone() { if wait_for "$patience" hides "$2"; then pass "screen: $1"; else fail "screen: $1"; screen || true; fi; }
